"""Waiting for something to become true, with a limit: the only way tests let time pass."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TypeVar

Found = TypeVar("Found")

_never = Event()


def wait_for(probe: Callable[[], Found | None], what: str, *, timeout: float = 20.0, every: float = 0.05) -> Found:
    """The first truthy answer of `probe`. Raises AssertionError with the last answer when it takes longer than `timeout`."""
    end = monotonic() + timeout
    while True:
        found = probe()
        if found:
            return found
        assert monotonic() < end, f"waited {timeout} s for {what}; last: {found!r}"
        _never.wait(every)
