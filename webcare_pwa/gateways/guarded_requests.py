"""Puts `requests` under guard for as long as one message is sent: an address that a person gave must not reach into the own
network (SSRF), and a server must not keep a thread busy.

Apprise calls `requests.post` itself and hands us nothing but yes or no. So inside `guarded(...)`, and in that thread only:
names are resolved here, private and other special addresses are refused, and the connection goes to the very address that was
checked; proxies of the environment are left aside, as they would resolve the name themselves; the line is cut at the
deadline, however slowly the server drips; and the status of each answer is kept, as it says what Apprise's yes or no does not.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import requests
import urllib3.util.connection
from requests.adapters import HTTPAdapter

from webcare_pwa.clock import monotonic

_here = threading.local()
_connect = urllib3.util.connection.create_connection
_send = HTTPAdapter.send


class NotPublic(OSError):
    """The name does not lead to a public address."""


@dataclass
class Exchange:
    """What happened while one message was sent."""

    allowed: frozenset[str]
    end: float
    answers: list[tuple[int, str | None]] = field(default_factory=list)  # status and Retry-After
    refused: bool = False  # an address was not public
    lines: list[socket.socket] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Seconds until the deadline."""
        return self.end - monotonic()

    def cut(self) -> None:
        """Break every line that is still open."""
        for line in self.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


@contextmanager
def guarded(*, allowed: frozenset[str], deadline: float) -> Iterator[Exchange]:
    """Guard what this thread asks of `requests`. `allowed`: host names an administrator trusts, private or not."""
    exchange = Exchange(allowed, monotonic() + deadline)
    alarm = threading.Timer(deadline, exchange.cut)
    alarm.daemon = True
    _here.exchange = exchange
    alarm.start()
    try:
        yield exchange
    finally:
        alarm.cancel()
        _here.exchange = None
        for line in exchange.lines:
            line.close()


def install() -> None:
    """Let the guard stand in front of the library, once per process; threads that are not guarded notice nothing."""
    urllib3.util.connection.create_connection = _guarded_connect
    HTTPAdapter.send = _guarded_send  # type: ignore[method-assign]


def _guarded_connect(address: tuple[str, int], *args: Any, **more: Any) -> socket.socket:
    exchange: Exchange | None = getattr(_here, "exchange", None)
    if exchange is None:
        return _connect(address, *args, **more)
    line = _connect((_public(address[0], address[1], exchange), address[1]), *args, **more)
    exchange.lines.append(line.dup())
    if exchange.left <= 0:
        exchange.cut()
    return line


def _public(host: str, port: int, exchange: Exchange) -> str:
    """The address to connect to: the first one, and none of them may be private."""
    found = [str(each[4][0]) for each in socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)]
    if host not in exchange.allowed and not all(ipaddress.ip_address(each.partition("%")[0]).is_global for each in found):
        exchange.refused = True
        raise NotPublic(f"no public address for {host}")
    return found[0]


def _guarded_send(
    self: HTTPAdapter, request: requests.PreparedRequest, *args: Any, **more: Any
) -> requests.Response:
    exchange: Exchange | None = getattr(_here, "exchange", None)
    if exchange is None:
        return _send(self, request, *args, **more)
    answer = _send(self, request, *args, **{**more, "proxies": {}})
    exchange.answers.append((answer.status_code, answer.headers.get("Retry-After")))
    return answer
