"""Resolves names to public addresses only: an endpoint is user input, and must not reach into the own network (SSRF).

The address that was checked is the one that is used, so a name that changes its mind in between gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket

from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult


class PublicResolver(AbstractResolver):
    """Refuses private, loopback and other special addresses, except for the hosts an administrator allowed."""

    def __init__(self, allowed: set[str]) -> None:
        self._allowed = allowed
        self._inner = ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """Addresses of a host. Raises OSError when none of them is public."""
        found = await self._inner.resolve(host, port, family)
        if host in self._allowed:
            return found
        public = [each for each in found if ipaddress.ip_address(each["host"]).is_global]
        if not public:
            raise OSError(f"no public address for {host}")
        return public

    async def close(self) -> None:
        """Nothing is kept open."""
        await self._inner.close()
