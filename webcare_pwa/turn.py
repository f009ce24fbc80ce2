"""Whose turn it is to write to a SQLite file: a queue in front of SQLite's own lock, for all threads and processes.

SQLite waits for its write lock by sleeping up to 100 ms at a time; under load that costs most of the throughput and lets the
worker starve the web processes. Here the threads of a process queue, and the first of them looks every quarter of a
millisecond. It guards nothing, SQLite still does: who waits longer than `PATIENCE` (the holder is frozen) goes on and gets
SQLite's answer. The system lets go of it when a process dies.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

LOOK_EVERY = 0.00025  # seconds
PATIENCE = 10.0  # seconds


class Turn:
    """`with turn.taken():` around a write transaction. Each thread queues for itself."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._here = threading.local()
        self._queue = threading.Lock()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for the turn and keep it. Inside a turn of the same thread it is no wait: SQLite then reports the mistake."""
        if getattr(self._here, "has_it", False):
            yield
            return
        first = self._queue.acquire(timeout=PATIENCE)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _wait(file)
            self._here.has_it = True
            yield
        finally:
            self._here.has_it = False
            os.close(file)
            if first:
                self._queue.release()


def _wait(file: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(LOOK_EVERY)
        else:
            return
