"""Firefox's own remote control, spoken directly: no geckodriver, no selenium."""

from __future__ import annotations

import json
import socket
from typing import Any


class MarionetteError(Exception):
    """Firefox refused a command, or hung up."""


class Marionette:
    """One connection to a Firefox that was started with --marionette."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._buffer, self._number = b"", 0
        self._read()  # greeting
        self.command("WebDriver:NewSession", acceptInsecureCerts=True)
        self.command("WebDriver:SetTimeouts", script=30_000, pageLoad=30_000, implicit=0)

    def command(self, name: str, **parameters: Any) -> Any:
        """The answer of one command. Raises `MarionetteError`."""
        self._number += 1
        raw = json.dumps([0, self._number, name, parameters]).encode()
        self._socket.sendall(str(len(raw)).encode() + b":" + raw)
        while True:
            kind, number, error, result = self._read()
            if kind == 1 and number == self._number:
                break
        if error:
            raise MarionetteError(f"{error['error']}: {error['message']}")
        return result.get("value", result) if isinstance(result, dict) else result

    def close(self) -> None:
        self._socket.close()

    def _read(self) -> Any:
        while b":" not in self._buffer:
            self._more()
        length, _, rest = self._buffer.partition(b":")
        while len(rest) < int(length):
            self._more()
            rest = self._buffer.partition(b":")[2]
        self._buffer = rest[int(length) :]
        return json.loads(rest[: int(length)])

    def _more(self) -> None:
        chunk = self._socket.recv(65536)
        if not chunk:
            raise MarionetteError("Firefox hung up")
        self._buffer += chunk
