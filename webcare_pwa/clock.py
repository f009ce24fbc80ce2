"""The only reader of clocks.

Two of them (design: the business clock can be moved, the real one cannot):

* `Clock.now(session)`: the *business* clock, UTC, read once per request or tick and passed on. On PostgreSQL it is
  the database's clock, so that several machines agree; in demo mode the stored offset is added.
* `real_now()`: for leases, tokens, VAPID, login sessions and heartbeats. Never moved.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def real_now() -> datetime:
    """The machine's time in UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds that never run backwards, for measuring durations."""
    return time.monotonic()


def local(moment: datetime) -> datetime:
    """The same moment as Dutch wall time."""
    return moment.astimezone(AMSTERDAM)


class Clock:
    """The business clock."""

    def __init__(self, *, demo: bool = False) -> None:
        self.demo = demo

    def now(self, session: Session) -> datetime:
        """Business time in UTC."""
        moment = _database_now(session)
        return moment + _stored_offset(session) if self.demo else moment


def _database_now(session: Session) -> datetime:
    if session.get_bind().dialect.name == "postgresql":
        moment: datetime = session.execute(text("select clock_timestamp()")).scalar_one()
        return moment.astimezone(UTC)
    return real_now()


def _stored_offset(session: Session) -> timedelta:
    seconds = session.execute(text("select seconds from clock_offsets where id = 1")).scalar_one_or_none()
    return timedelta(seconds=seconds or 0)
