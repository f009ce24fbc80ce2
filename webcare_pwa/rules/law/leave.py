"""R8e: leave, sickness and works-council time count as hours worked for the limits of 5:7 (ATW 5:2), but are no work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from webcare_pwa.rules.law import days
from webcare_pwa.rules.law.minutes import Stretch, common, minus, union
from webcare_pwa.rules.law.person import Leave


def leave_stretches(leave: Sequence[Leave]) -> list[Stretch]:
    """When the person was away."""
    return union(each.stretch for each in leave)


def leave_hours(leave: Sequence[Leave], planned: Sequence[Stretch]) -> list[Stretch]:
    """The stretches that count: planned work in leave without minutes, and the minutes of other leave, a share each day."""
    given = [each for each in leave if each.minutes is not None]
    told = leave_stretches(given)
    away = minus(leave_stretches([each for each in leave if each.minutes is None]), told)
    return [*common(planned, away), *(share for each in given for share in _shares(each))]


def _shares(leave: Leave) -> Iterator[Stretch]:
    start, end = leave.stretch
    dates, minutes = days.days(start, end), leave.minutes or 0
    for place, day in enumerate(dates):
        share = minutes * (place + 1) // len(dates) - minutes * place // len(dates)
        begins = max(start, days.starts(day))
        if share:
            yield begins, begins + share
