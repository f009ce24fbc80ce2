"""How a push service misbehaves."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.push_lab.messages import Fault

FOR_EVER = 3600.0


async def answer(
    fault: Fault, request: web.Request, accept: Callable[[], Awaitable[web.Response]]
) -> web.StreamResponse:
    """Do what the fault says."""
    if fault.action == "hang":
        await asyncio.sleep(FOR_EVER)
    if fault.action == "accept-then-drop":  # delivered, but the sender never learns it
        await accept()
    if fault.action in ("reset", "accept-then-drop"):
        return _reset(request)
    if fault.action == "drip":
        return await _drip(request)
    if fault.action == "blackhole":  # says yes, delivers nothing
        return web.Response(status=201, headers={"Location": "/m/nowhere", "TTL": "0"})
    if fault.action == "redirect":
        return web.Response(status=fault.status, headers={"Location": fault.location})
    headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
    return web.Response(status=fault.status, headers=headers)


def _reset(request: web.Request) -> web.Response:
    assert request.transport is not None
    line = request.transport.get_extra_info("socket")
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
    return web.Response(status=500)


async def _drip(request: web.Request) -> web.StreamResponse:
    """The status line itself, one byte at a time: a limit per read would never be reached."""
    assert request.transport is not None
    for byte in b"HTTP/1.1 201 Created\r\nLocation: /m/x\r\nContent-Length: 0\r\n\r\n":
        request.transport.write(bytes([byte]))
        await asyncio.sleep(1)
    request.transport.abort()
    return web.Response(status=500)
