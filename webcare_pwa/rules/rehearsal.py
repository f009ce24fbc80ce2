"""When a shift is rehearsed, and whether a rehearsal still says something about the shift that runs now. Pure.

A shift begins where somebody comes on a line in duty time: at a hand-off to him, or when the office closes while the line is
his. What he does one after the other on one local day is rehearsed once. Never between 23:00 and 06:00 Dutch time: what
would fall there goes out the evening before. docs/adr/0010-a-shift-starts-proven.md says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from webcare_pwa.rules.escalation import BACKUP, FIRST_LINE
from webcare_pwa.rules.hours import Interval
from webcare_pwa.rules.rota import Shift, shifts_between
from webcare_pwa.rules.rota_plan import RotaPlan
from webcare_pwa.rules.wall_time import instant, wall

FIRST, SECOND, SOUND = 1, 2, 3  # numbers of the pages: rehearsal, its repeat, the evening question
LINES = (FIRST_LINE, BACKUP)
QUIET_FROM, QUIET_TO = time(23), time(6)
LATE = timedelta(hours=6)  # after a standstill: a shift that began longer ago is not rehearsed any more
AHEAD = timedelta(hours=11)  # the longest time between a rehearsal and its shift: 22:00 to just before 07:00, in a long night
_MORNING = time(7)
ASKED_AT = time(22, 30)
_DAY = timedelta(days=1)
_BEFORE = {FIRST: timedelta(minutes=60), SECOND: timedelta(minutes=10)}
_EVENING = {FIRST: time(22), SECOND: time(22, 50)}
_TOLD_BEFORE, _TOLD_EVENING = timedelta(minutes=5), time(22, 55)
_REPEATED_AFTER, _TOLD_AFTER = timedelta(minutes=10), timedelta(minutes=5)  # a rehearsal that went out late gets these too


@dataclass(frozen=True)
class Turn:
    """Somebody has a line throughout [starts_at, ends_at), all of it duty time."""

    person_id: int
    line: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Done:
    """What was done for one person and day. `first_at`: when the first page was written."""

    first_at: datetime | None = None
    repeated: bool = False
    confirmed: bool = False


def is_quiet(at: datetime) -> bool:
    """May no rehearsal go out at that moment?"""
    clock = wall(at).time()
    return clock >= QUIET_FROM or clock < QUIET_TO


def due_at(number: int, starts_at: datetime) -> datetime:
    """When page `FIRST` or `SECOND` for a shift goes out."""
    return _or_the_evening_before(starts_at - _BEFORE[number], _EVENING[number])


def told_at(starts_at: datetime) -> datetime:
    """When the coordinator hears that it was not confirmed: early enough to do something, and not asleep already."""
    return _or_the_evening_before(starts_at - _TOLD_BEFORE, _TOLD_EVENING)


def page_due(starts_at: datetime, now: datetime, done: Done) -> int | None:
    """Which page is due now. Whoever got the shift at the last minute has his at once, with ten minutes to the repeat. A shift
    that began in the night is not rehearsed before people get up."""
    if done.confirmed or is_quiet(now) or now > starts_at + LATE or (now > starts_at and wall(now).time() < _MORNING):
        return None
    if done.first_at is None:
        return FIRST if now >= due_at(FIRST, starts_at) else None
    again = max(due_at(SECOND, starts_at), done.first_at + _REPEATED_AFTER)
    return SECOND if now >= again and not done.repeated else None


def must_tell(starts_at: datetime, now: datetime, done: Done) -> bool:
    """Must the coordinator know by now that the shift is not confirmed?"""
    if done.first_at is None or done.confirmed or now > starts_at + LATE:
        return False
    return now >= max(told_at(starts_at), done.first_at + _TOLD_AFTER)


def turns(plan: RotaPlan, duty: Sequence[Interval], start: datetime, end: datetime) -> list[Turn]:
    """Who has the first line and the backup in the duty time of [start, end), cut off at both ends. A hand-off to the same
    person is none."""
    found = []
    for line in LINES:
        for shift in _joined(shifts_between(plan, line, start, end)):
            for left, right in duty:
                if shift.person_id is not None and left < shift.ends_at and right > shift.starts_at:
                    found.append(Turn(shift.person_id, line, max(left, shift.starts_at), min(right, shift.ends_at)))
    return found


def to_rehearse(found: Sequence[Turn], start: datetime) -> list[Turn]:
    """The turns that begin after `start`, of each person the first of a local day only."""
    first: dict[tuple[int, date], Turn] = {}
    for turn in sorted(found, key=lambda each: each.starts_at):
        if turn.starts_at > start:
            first.setdefault((turn.person_id, day_of(turn.starts_at)), turn)
    return list(first.values())


def day_of(starts_at: datetime) -> date:
    """The local day of a shift."""
    return wall(starts_at).date()


def covers(found: Sequence[Turn], person_id: int, rehearsed: datetime, at: datetime) -> bool:
    """Does a rehearsal for the shift that began at `rehearsed` speak of what the person does at `at`? Yes for that shift and
    for those that began on the same day. `found` are the turns of [rehearsed, at]."""
    running = [turn for turn in found if turn.person_id == person_id and turn.starts_at <= at < turn.ends_at]
    return any(day_of(turn.starts_at) == day_of(rehearsed) for turn in running)


def night_of(now: datetime) -> tuple[datetime, Interval] | None:
    """While the evening question may be asked: when it was due, and the night it is about; else None."""
    asked = instant(wall(now).date(), ASKED_AT)
    quiet = instant(wall(now).date(), QUIET_FROM)
    return (asked, (quiet, instant(wall(now).date() + _DAY, QUIET_TO))) if asked <= now < quiet else None


def _or_the_evening_before(moment: datetime, evening: time) -> datetime:
    if not is_quiet(moment):
        return moment
    local = wall(moment)
    return instant(local.date() if local.time() >= QUIET_FROM else local.date() - _DAY, evening)


def _joined(shifts: Sequence[Shift]) -> list[Shift]:
    joined: list[Shift] = []
    for shift in shifts:
        if joined and joined[-1].person_id == shift.person_id:
            last = joined.pop()
            shift = Shift(last.line, last.person_id, last.starts_at, shift.ends_at, last.source, last.planned_id)
        joined.append(shift)
    return joined
