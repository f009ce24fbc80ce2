"""Acknowledged is not finished (design, promise 11): when somebody who took an incident is paged again. Pure.

Not opened in 3 minutes (noodgeval) or 10 (spoed): a new round, in which he is asked first. Nothing done 30 minutes after the
last act, or 10 minutes after a promised time, whichever is later, but at most until the on-site deadline: one reminder;
5 minutes later still nothing: a new round. When his shift ends it is offered to who has the line now
(`steps/shift_end.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

OPEN_WITHIN = {"noodgeval": timedelta(minutes=3), "spoed": timedelta(minutes=10)}
ACT_WITHIN = timedelta(minutes=30)
AFTER_PROMISE = timedelta(minutes=10)
AFTER_REMINDER = timedelta(minutes=5)

UNOPENED, REMINDER, NO_PROGRESS, SHIFT_END = "unopened", "reminder", "no_progress", "shift_end"
CONTINUES = frozenset({UNOPENED, NO_PROGRESS, SHIFT_END})  # rounds about work in hand: the clocks of the tenant run on


@dataclass(frozen=True)
class Taken:
    """An acknowledged incident. `last_act_at`: the newest act of a person, the acknowledgement included; `opened`: its owner
    saw its page since he took it; `reminded_at`: the newest reminder since the last act."""

    urgency: str
    acknowledged_at: datetime
    opened: bool
    last_act_at: datetime
    promised_at: datetime | None = None
    on_site_by: datetime | None = None  # None: somebody was there, or no such clock
    reminded_at: datetime | None = None


@dataclass(frozen=True)
class Call:
    """What is due, and when: unopened | reminder | no_progress."""

    kind: str
    due_at: datetime


def next_call(taken: Taken) -> Call:
    """The next page to its owner when nothing happens; its moment may lie ahead."""
    if not taken.opened:
        return Call(UNOPENED, taken.acknowledged_at + OPEN_WITHIN[taken.urgency])
    if taken.reminded_at is not None:
        return Call(NO_PROGRESS, taken.reminded_at + AFTER_REMINDER)
    return Call(REMINDER, quiet_until(taken))


def quiet_until(taken: Taken) -> datetime:
    """Until when its owner may be silent."""
    until = taken.last_act_at + ACT_WITHIN
    if taken.promised_at is not None:
        until = max(until, taken.promised_at + AFTER_PROMISE)
    if taken.on_site_by is not None and taken.on_site_by > taken.last_act_at:
        until = min(until, taken.on_site_by)
    return until
