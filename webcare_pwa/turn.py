"""Whose turn it is to write to a SQLite file: a queue in front of SQLite's own lock, for all threads and processes.

SQLite waits for its write lock by sleeping, up to 100 ms at a time and without a queue; under load that costs most of the
throughput and lets the worker starve the web processes. The kernel's file lock is a queue, thread by thread. It guards nothing,
SQLite still does. The system lets go of it when a process dies; when the holder is frozen instead, at most `PLACES` threads of
a process wait for it, the others get SQLite's answer after its own time limit, and pages that only read go on.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PLACES = 6  # of the 8 threads of a web process
PATIENCE = 10.0  # seconds for a place


class Turn:
    """`with turn.taken():` around a write transaction. Each thread queues for itself."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._here = threading.local()
        self._places = threading.BoundedSemaphore(PLACES)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for the turn and keep it. Inside a turn of the same thread, or without a place, it is no wait: SQLite then
        says what it thinks of it."""
        if getattr(self._here, "has_it", False) or not self._places.acquire(timeout=PATIENCE):
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
            self._places.release()
