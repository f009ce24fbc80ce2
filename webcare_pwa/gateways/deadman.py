"""Calls a dead-man service outside (Healthchecks or one that speaks the same): it alarms when our calls stay away.

The address is a setting and still not trusted: public addresses only unless allowed, no redirects, ten seconds.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from webcare_pwa.gateways.background import Background
from webcare_pwa.gateways.public_addresses import PublicResolver
from webcare_pwa.ports import Delivered, Outcome, Refused, TryAgain
from webcare_pwa.settings import Settings

DEADLINE = 10.0  # seconds, all in
SUFFIXES = {"ok": "", "start": "/start", "fail": "/fail"}


@dataclass(frozen=True)
class Ping:
    """One call. `kind`: ok | start | fail. It belongs to no delivery; the number only tells calls apart."""

    delivery_id: int
    kind: str


class DeadMan(Background[Ping]):
    """Sends in the background; nothing is tried again, as the next call comes within a minute."""

    def __init__(self, settings: Settings, on_finished: Callable[[], None] = lambda: None, deadline: float = DEADLINE) -> None:
        self._url, self._private, self._deadline = settings.deadman_url, settings.deadman_private, deadline
        super().__init__("deadman", at_once=2, in_hand=10, on_finished=on_finished)

    def _connect(self) -> aiohttp.ClientSession:
        host = urlsplit(self._url).hostname or ""
        resolver = PublicResolver(allowed={host} if self._private else set())
        connector = aiohttp.TCPConnector(limit=2, resolver=resolver, force_close=True)
        return aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=self._deadline))

    async def _send(self, job: Ping) -> Outcome:
        if not self._private and not _may_be_public(urlsplit(self._url).hostname or ""):
            return Refused("geen openbaar adres")
        try:
            async with self._session.get(self._url + SUFFIXES[job.kind], allow_redirects=False) as answer:
                detail = f"http {answer.status}"
                return Delivered(detail) if 200 <= answer.status < 300 else Refused(detail)
        except TimeoutError:
            return TryAgain(detail="geen antwoord op tijd")
        except (aiohttp.ClientError, OSError) as error:
            return TryAgain(detail=f"verbinding: {type(error).__name__}")


def _may_be_public(host: str) -> bool:
    """A number is judged here, as nothing resolves it; a name is judged by what it resolves to."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True
