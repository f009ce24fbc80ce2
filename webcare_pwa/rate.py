"""Notices who reports faster than people do. Such reports are stored and marked, never refused, so this is only a count.

Kept in memory, per process: exact enough for a mark, costs no query, and no address of anybody is written down.
"""

from __future__ import annotations

from collections import deque
from threading import Lock

from flask import Flask

from webcare_pwa.clock import monotonic

ALLOWED = 30
WINDOW_SECONDS = 600.0
_SOURCES = 10_000  # beyond this many the quiet ones are forgotten


class Meter:
    """Counts what each source sent in the last ten minutes."""

    def __init__(self, allowed: int = ALLOWED) -> None:
        self._allowed = allowed
        self._seen: dict[str, deque[float]] = {}
        self._lock = Lock()

    def is_over(self, source: str, *, at: float | None = None) -> bool:
        """Count one report of this source; is it above the rate now? `at` in seconds of a clock that never runs back."""
        moment = monotonic() if at is None else at
        with self._lock:
            if len(self._seen) > _SOURCES:
                self._forget(moment)
            times = self._seen.setdefault(source, deque(maxlen=self._allowed + 1))
            times.append(moment)
            return len(times) > self._allowed and moment - times[0] < WINDOW_SECONDS

    def _forget(self, moment: float) -> None:
        self._seen = {name: times for name, times in self._seen.items() if moment - times[-1] < WINDOW_SECONDS}


def meter(app: Flask) -> Meter:
    """The meter of this process's app."""
    found: Meter = app.extensions.setdefault("webcare.rate", Meter())
    return found
