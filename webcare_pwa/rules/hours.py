"""Office hours of an organisation: open or closed, and when that changes. Public holidays are closed.

Hours are Dutch wall times per weekday, half-open; every moment that goes in or comes out is UTC. Closing at 00:00 means
midnight at the end of the day. A day whose closing is not after its opening counts as closed: then somebody is on duty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from webcare_pwa.rules.holidays import is_holiday
from webcare_pwa.rules.wall_time import instant, wall

Hours = Mapping[int, tuple[time, time]]  # 0 = Monday; no entry: closed that day
Interval = tuple[datetime, datetime]

_DAY = timedelta(days=1)
_HORIZON = 370  # days; an office that stays closed longer than this never opens
_WORKING_WEEK: Hours = {day: (time(8), time(17)) for day in range(5)}


def is_open(hours: Hours, at: datetime) -> bool:
    """Is the office open at that moment?"""
    opening = _opening(hours, wall(at).date())
    return opening is not None and opening[0] <= at < opening[1]


def next_opening(hours: Hours, at: datetime) -> datetime | None:
    """The first moment after `at` on which the closed office opens; None when it never does."""
    return next((start for start, _ in _openings(hours, at) if start > at and not is_open(hours, _before(start))), None)


def next_closing(hours: Hours, at: datetime) -> datetime | None:
    """The first moment after `at` on which the open office closes; None when it never does."""
    return next((end for _, end in _openings(hours, at) if end > at and not is_open(hours, end)), None)


def next_change(hours: Hours, at: datetime) -> datetime | None:
    """The first moment after `at` on which the office opens or closes; None when it never does."""
    return next_closing(hours, at) if is_open(hours, at) else next_opening(hours, at)


def next_working_day(hours: Hours, at: datetime) -> date:
    """The local date on which the office opens next: today when it has yet to open, else a later day.

    Without any office hours: the next Monday to Friday that is no holiday.
    """
    opens = next_opening(hours, at) or next_opening(_WORKING_WEEK, at)
    if opens is None:
        raise LookupError("a working week has an opening in every year")
    return wall(opens).date()


def open_between(hours: Hours, start: datetime, end: datetime) -> list[Interval]:
    """The stretches of [start, end) in which the office is open, in order."""
    found = []
    for opens, closes in _openings(hours, start, (end - start).days + 2):
        if opens < end and closes > start:
            found.append((max(opens, start), min(closes, end)))
    return found


def duty_between(offices: Sequence[Hours], start: datetime, end: datetime) -> list[Interval]:
    """The duty time in [start, end): the stretches in which at least one of the offices is closed."""
    opened = [open_between(hours, start, end) for hours in offices]
    edges = sorted({start, end, *(edge for each in opened for interval in each for edge in interval)})
    duty: list[Interval] = []
    for left, right in pairwise(edges):
        if all(is_open(hours, left) for hours in offices):
            continue
        if duty and duty[-1][1] == left:
            left = duty.pop()[0]
        duty.append((left, right))
    return duty


def _before(moment: datetime) -> datetime:
    return moment - timedelta(minutes=1)


def _opening(hours: Hours, day: date) -> Interval | None:
    if day.weekday() not in hours or is_holiday(day):
        return None
    opens, closes = hours[day.weekday()]
    start = instant(day, opens)
    end = instant(day + _DAY, closes) if closes == time() else instant(day, closes)
    return (start, end) if start < end else None


def _openings(hours: Hours, at: datetime, days: int = _HORIZON) -> Iterator[Interval]:
    """Openings from the day before `at` on, in order."""
    day = wall(at).date() - _DAY
    for ahead in range(days + 2):
        if opening := _opening(hours, day + ahead * _DAY):
            yield opening
