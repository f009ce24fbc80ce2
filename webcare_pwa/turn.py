"""Whose turn it is to write to a SQLite file: a queue in front of SQLite's own lock, for all threads and processes.

SQLite waits for its write lock by sleeping, up to 100 ms at a time and without a queue; under load that costs most of the
throughput and lets the worker starve the web processes. Waiting here ends the moment the lock is free. It guards nothing:
SQLite still does. The system lets go of it when a process dies.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turn:
    """`with turn.taken():` around a write transaction. Each thread queues for itself."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._here = threading.local()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for the turn and keep it. Inside a turn of the same thread it is no wait: SQLite then reports the mistake."""
        if getattr(self._here, "has_it", False):
            yield
            return
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            self._here.has_it = True
            yield
        finally:
            self._here.has_it = False
            os.close(file)
