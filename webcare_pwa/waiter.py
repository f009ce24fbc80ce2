"""The worker's ear: a Unix socket on SQLite, LISTEN on PostgreSQL, and a look now and then in case a call was lost.

A lost wake-up costs at most a quarter of a second (SQLite: `data_version` is looked at that often) or one tick; it never
costs a page.
"""

from __future__ import annotations

import contextlib
import select
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.engine import Connection

from webcare_pwa import logs, presence
from webcare_pwa.db import Database
from webcare_pwa.wake import CHANNEL, socket_path

if TYPE_CHECKING:
    import psycopg

GLANCE = 0.25  # seconds between two looks at data_version


class Waiter:
    """Waits until there is work, a result, a stop, or the next tick."""

    def __init__(self, database: Database, data_dir: Path, name: str = "") -> None:
        self._database, self._name = database, name
        self._inner, self._own = socket.socketpair()
        for end in (self._inner, self._own):
            end.setblocking(False)
        self._glance: Connection | None = None
        self._seen = -1
        if database.is_sqlite:
            self._ear: socket.socket | psycopg.Connection | None = _listen(socket_path(data_dir))
            self._glance = database.engine.connect()
        else:
            self._ear = _subscribe(database, name)

    @property
    def hears(self) -> bool:
        """Would a commit wake it now? Not while the database is away."""
        return self._ear is not None

    def nudge(self) -> None:
        """End the wait from another thread or a signal handler."""
        with contextlib.suppress(BlockingIOError):
            self._own.send(b"1")

    def wait(self, seconds: float) -> None:
        """Return when woken, or after `seconds`. Without an ear (the database was restarted) it listens anew first."""
        if self._ear is None:
            self._listen_again()
        left = seconds
        while left > 0:
            pause = min(left, GLANCE) if self._glance is not None else left
            ears = [self._inner] if self._ear is None else [self._inner, self._ear]
            ready, _, _ = select.select(ears, [], [], pause)
            if ready or self._changed():
                self._drain()
                return
            left -= pause

    def close(self) -> None:
        """Stop listening."""
        if self._glance is not None:
            self._glance.close()
        for each in (self._ear, self._inner, self._own):
            if each is not None:
                each.close()

    def _changed(self) -> bool:
        """Did another process commit to the SQLite file since the last look?"""
        if self._glance is None:
            return False
        version = self._glance.execute(text("PRAGMA data_version")).scalar_one()
        self._glance.rollback()
        changed, self._seen = version != self._seen and self._seen != -1, version
        return changed

    def _drain(self) -> None:
        for ear in (self._inner, self._ear):
            if isinstance(ear, socket.socket):
                with contextlib.suppress(BlockingIOError):
                    while ear.recv(64):
                        pass
            elif ear is not None:
                self._hear(ear)

    def _hear(self, ear: psycopg.Connection) -> None:
        import psycopg

        try:
            for _notice in ear.notifies(timeout=0):
                pass
        except psycopg.OperationalError:
            logs.trouble("worker.deaf")
            ear.close()
            self._ear = None

    def _listen_again(self) -> None:
        import psycopg

        try:
            self._ear = _subscribe(self._database, self._name)
        except psycopg.OperationalError:
            return  # still away: the next wait tries again, and the tick itself says what is wrong
        logs.hop("worker.listens_again")


def _listen(path: Path) -> socket.socket:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    ear.bind(str(path))
    ear.setblocking(False)
    return ear


def _subscribe(database: Database, name: str) -> psycopg.Connection:
    import psycopg  # only here: an installation on SQLite need not carry it

    url = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    ear = psycopg.connect(url, autocommit=True, connect_timeout=5)
    try:
        ear.execute(f"LISTEN {CHANNEL}")
        presence.hold(ear, name)
    except psycopg.OperationalError:
        ear.close()
        raise
    return ear
