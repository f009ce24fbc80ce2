"""Which addresses may be pushed to.

A push endpoint comes from a browser we do not control and is called from inside our network every time an alert goes
out, so only known push services pass. Checked at registration and again before sending.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

MAX_LENGTH = 2048

# Whole host names; a leading dot means any host below it. The last one serves Chromium outside the stable channel.
SERVICES = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
    "android.googleapis.com",
    "jmt17.google.com",
)
_PLAIN = re.compile(r"[A-Za-z0-9._~:/?\[\]@!$&'()*+,;=%-]+")  # anything else is read differently by different clients


def check(endpoint: str, extra_origins: tuple[str, ...]) -> str | None:
    """None when pages may be sent there, else a short code of the reason.

    `extra_origins` are further trusted services ("https://push.example.nl"); one without a port allows every port.
    """
    if len(endpoint) > MAX_LENGTH:
        return "too_long"
    parts = _split(endpoint)
    if parts is None or not parts.hostname:
        return "unreadable"
    if parts.username is not None or parts.password is not None:
        return "user_info"
    if any(_same_origin(parts, _split(origin)) for origin in extra_origins):
        return None
    if parts.scheme != "https":
        return "not_https"
    if parts.port not in (None, 443):
        return "port"
    return None if any(_matches(parts.hostname, service) for service in SERVICES) else "unknown_service"


def service_of(host: str) -> str:
    """Whose push service a host is: google | mozilla | apple | microsoft | other."""
    owners = (("google", (".googleapis.com", ".google.com")), ("mozilla", (".mozilla.com",)), ("apple", (".push.apple.com",)),
              ("microsoft", (".notify.windows.com",)))
    return next((owner for owner, ends in owners if f".{host}".endswith(ends)), "other")


def _split(address: str) -> SplitResult | None:
    if not _PLAIN.fullmatch(address):
        return None
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises for a port out of range
    except ValueError:
        return None
    return parts


def _matches(host: str, service: str) -> bool:
    return host.endswith(service) if service.startswith(".") else host == service


def _same_origin(parts: SplitResult, allowed: SplitResult | None) -> bool:
    if allowed is None or (parts.scheme, parts.hostname) != (allowed.scheme, allowed.hostname):
        return False
    return allowed.port is None or parts.port == allowed.port
