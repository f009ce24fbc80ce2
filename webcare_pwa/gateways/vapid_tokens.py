"""VAPID tokens (RFC 8292), made once per push service and used until half their life is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from py_vapid import Vapid02

from webcare_pwa.clock import real_now

LIFE = timedelta(hours=12)  # at most 24 allowed; clocks differ


class VapidTokens:
    """The Authorization header per push service origin."""

    def __init__(self, key_file: Path, subject: str) -> None:
        self._key = Vapid02.from_file(str(key_file))
        self._subject = subject
        self._cached: dict[str, tuple[datetime, str]] = {}

    def header(self, endpoint: str) -> str:
        """The header for this endpoint's service."""
        parts = urlsplit(endpoint)
        origin = f"{parts.scheme}://{parts.netloc}"
        now = real_now()
        renew_at, header = self._cached.get(origin, (now, ""))
        if renew_at <= now:
            claims = {"aud": origin, "sub": self._subject, "exp": int((now + LIFE).timestamp())}
            header = self._key.sign(claims)["Authorization"]
            self._cached[origin] = (now + LIFE / 2, header)
        return header
