"""Waking the worker the moment something was committed, so that nobody waits for the next tick.

On SQLite: a datagram to the worker's Unix socket; on PostgreSQL: NOTIFY, which the database sends at commit. `waiter.py`
listens.
"""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path

from webcare_pwa.db import Database

CHANNEL = "webcare_work"


def connect(database: Database, data_dir: Path) -> None:
    """From now on every commit through this database wakes the worker."""
    if database.is_sqlite:
        path = socket_path(data_dir)
        database.on_commit = lambda: poke(path)
    else:
        database.notify = CHANNEL


def disconnect(database: Database) -> None:
    """For the worker itself: its own commits would only keep it awake."""
    database.on_commit, database.notify = lambda: None, ""


def poke(path: Path) -> None:
    """Wake the worker of a SQLite installation. Nobody listening is no fault: the worker looks by itself when it starts."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender, contextlib.suppress(OSError):
        sender.setblocking(False)
        sender.sendto(b"1", str(path))


def socket_path(data_dir: Path) -> Path:
    """Where the worker of a SQLite installation listens."""
    return data_dir / "worker.sock"
