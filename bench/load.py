"""A client that costs little: raw HTTP/1.1 over kept-alive connections, so that it is not what gets measured."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass
class Shot:
    """One request: when it went out, when its answer was there (CLOCK_MONOTONIC), its status (0: the line broke)."""

    key: int
    sent: float
    answered: float
    status: int
    body: bytes = b""


@dataclass
class Target:
    """Where to shoot, and how the body of shot `n` looks."""

    port: int
    path: str
    body: Callable[[int], bytes]
    headers: dict[str, str] = field(default_factory=dict)

    def request(self, key: int) -> bytes:
        """The whole request."""
        body = self.body(key)
        lines = [f"POST {self.path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json",
                 f"Content-Length: {len(body)}", *(f"{name}: {value}" for name, value in self.headers.items())]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def shoot(target: Target, keys: Iterator[int], connections: int, *, seconds: float | None = None) -> list[Shot]:
    """Send one request per key, `connections` at a time, until the keys or the seconds are over."""
    deadline = time.monotonic() + seconds if seconds else float("inf")
    return asyncio.run(_all(target, keys, connections, deadline))


async def _all(target: Target, keys: Iterator[int], connections: int, deadline: float) -> list[Shot]:
    shots: list[Shot] = []
    await asyncio.gather(*(_line(target, keys, shots, deadline) for _ in range(connections)))
    return shots


async def _line(target: Target, keys: Iterator[int], shots: list[Shot], deadline: float) -> None:
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    for key in keys:
        sent = time.monotonic()
        if sent > deadline:
            break
        try:
            streams = streams or await asyncio.open_connection("127.0.0.1", target.port)
            status, body, keep = await asyncio.wait_for(_exchange(*streams, target.request(key)), 60)
        except (OSError, EOFError, TimeoutError):
            status, body, keep = 0, b"", False
        shots.append(Shot(key, sent, time.monotonic(), status, body))
        if not keep and streams:
            streams[1].close()
            streams = None
        if status == 0:
            await asyncio.sleep(0.05)
    if streams:
        streams[1].close()


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> tuple[int, bytes, bool]:
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
    body = await reader.readexactly(length)
    return int(head.split(b" ", 2)[1]), body, b"connection: close" not in head


def get(port: int, path: str) -> int:
    """The status of one GET; 0 when there was no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0
