"""The alarm about a worker that stands still: which one is due, and who sends it. One row is one alarm; the process that
inserts it sends it, and when that sender dies before it is done, another takes over after a lease. Real clock throughout."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.models.guard import WatcherAlarm
from webcare_pwa.rules.watching import LEASE, stands_still

WORKER = "worker"
AGAIN = ":again"  # ends the key of the notice that it runs again


def due(session: Session, *, watched_since: datetime, real_now: datetime) -> str | None:
    """The key of the alarm or notice that must be sent now; None when all is well or somebody is sending it."""
    beat = session.get(Heartbeat, WORKER)
    if stands_still(beat.at if beat else None, watched_since, real_now):
        return _unless_in_hand(session, key_of(beat.at if beat else None), real_now)
    last = session.scalars(
        select(WatcherAlarm)
        .where(WatcherAlarm.key.startswith(f"{WORKER}:"), WatcherAlarm.key.not_like(f"%{AGAIN}"))
        .order_by(WatcherAlarm.id.desc()).limit(1)
    ).one_or_none()
    if beat is None or last is None or last.sent_at is None or real_now - beat.at >= LEASE:
        return None
    return _unless_in_hand(session, last.key + AGAIN, real_now)


def claim(session: Session, key: str, *, real_now: datetime) -> bool:
    """Is it ours to send? Of several that ask at the same moment one is told yes."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    inserted = session.scalar(
        insert(WatcherAlarm).values(key=key, at=real_now).on_conflict_do_nothing(index_elements=["key"])
        .returning(WatcherAlarm.id)
    )
    if inserted is not None:
        return True
    orphan = session.scalar(
        update(WatcherAlarm)
        .where(WatcherAlarm.key == key, WatcherAlarm.sent_at.is_(None), WatcherAlarm.at < real_now - LEASE)
        .values(at=real_now).returning(WatcherAlarm.id)
    )
    return orphan is not None


def sent(session: Session, key: str, *, real_now: datetime) -> None:
    """It went out to somebody at least."""
    session.execute(update(WatcherAlarm).where(WatcherAlarm.key == key).values(sent_at=real_now))


def key_of(beat: datetime | None) -> str:
    """One standstill is one key: it is named after the last sign of life."""
    return f"{WORKER}:{beat.isoformat() if beat else 'never'}"


def _unless_in_hand(session: Session, key: str, real_now: datetime) -> str | None:
    row = session.scalars(select(WatcherAlarm).where(WatcherAlarm.key == key)).one_or_none()
    free = row is None or (row.sent_at is None and row.at < real_now - LEASE)
    return key if free else None
