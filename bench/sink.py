"""A stand-in for a push service, as a process of its own: answers 201 at once and notes when each push arrived.

Moments are CLOCK_MONOTONIC, which all processes of a machine share. `GET /_log` gives them, `POST /_reset` forgets them.
Run by `bench.lab`; by hand: `python -m bench.sink PORT [--tls FILE] [--delay SECONDS]`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import ssl
import time

CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


class Arrivals:
    """What came in: [moment, path, topic] each."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.rows: list[tuple[float, str, str]] = []


class Exchange(asyncio.Protocol):
    """One connection, kept alive; requests are answered in order."""

    def __init__(self, arrivals: Arrivals) -> None:
        self.arrivals = arrivals
        self.waiting = b""
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Part of the protocol of asyncio."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  a TCP server gets nothing else
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Take every whole request out of what has arrived so far."""
        self.waiting += data
        while True:
            end = self.waiting.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self.waiting[:end]
            length = int(_header(head, b"content-length") or 0)
            if len(self.waiting) < end + 4 + length:
                return
            self.waiting = self.waiting[end + 4 + length:]
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        path = head.split(b" ", 2)[1].decode()
        if path == "/_log":
            body = json.dumps(self.arrivals.rows).encode()
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        elif path == "/_reset":
            self.arrivals.rows.clear()
            self.transport.write(CREATED)
        else:
            self.arrivals.rows.append((time.monotonic(), path, _header(head, b"topic").decode()))
            if self.arrivals.delay:
                asyncio.get_running_loop().call_later(self.arrivals.delay, self.transport.write, CREATED)
            else:
                self.transport.write(CREATED)


def _header(head: bytes, name: bytes) -> bytes:
    for line in head.split(b"\r\n")[1:]:
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip()
    return b""


async def serve(port: int, tls: str, delay: float) -> None:
    """Listen until the process is ended."""
    context = None
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)
    arrivals = Arrivals(delay)
    server = await asyncio.get_running_loop().create_server(
        lambda: Exchange(arrivals), "127.0.0.1", port, ssl=context, backlog=1024
    )
    await server.serve_forever()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--tls", default="", help="PEM file with key and certificate")
    parser.add_argument("--delay", type=float, default=0.0)
    its = parser.parse_args()
    asyncio.run(serve(its.port, its.tls, its.delay))


if __name__ == "__main__":
    main()
