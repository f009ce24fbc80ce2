"""Which workers live, and what the dead had in hand.

Each worker has a name of its own per process. On PostgreSQL it holds a session lock under that name on the connection it
listens with: the lock goes with the process at once, however that dies, so another worker need not wait for the lease. One that
is frozen, or whose machine lost power, keeps its lock for a while; then the lease ends. On SQLite there is one worker: when it
starts, every other is gone.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.orm import Session

from webcare_pwa.db import Database
from webcare_pwa.steps import delivery, mail

if TYPE_CHECKING:
    import psycopg

MARK = "#"  # in every name of a worker that holds a lock; a name without it is judged by its lease only
_LOCK = 736_203


def own_name(given: str = "") -> str:
    """A name no other process has or will have: the given one, or the host's, with the process and a random part."""
    return f"{(given or socket.gethostname())[:50]}{MARK}{os.getpid()}-{secrets.token_hex(4)}"


def hold(ear: psycopg.Connection, name: str) -> None:
    """Be there under this name until the connection ends."""
    ear.execute("select pg_try_advisory_lock(%s, hashtext(%s))", (_LOCK, name))


def release_dead(database: Database, me: str) -> int:
    """Give back what dead workers had in hand; returns how many there were."""
    if MARK not in me:
        return 0
    with database.read() as session:
        names = (delivery.holders(session) | mail.holders(session)) - {me}
    if not names:
        return 0
    with database.write() as session:
        dead = names if database.is_sqlite else _unlocked(session, names)
        for name in dead:
            delivery.release(session, name)
            mail.release(session, name)
    return len(dead)


def _unlocked(session: Session, names: Iterable[str]) -> set[str]:
    query = text("select pg_try_advisory_xact_lock(:lock, hashtext(:name))")
    return {name for name in names if MARK in name and session.scalar(query, {"lock": _LOCK, "name": name})}
