"""Dates, times and office hours as the reply texts say them, in Dutch and in English. Pure; moments in, wall time out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from webcare_pwa.labels.dates import DAYS, MONTHS
from webcare_pwa.rules.hours import Hours
from webcare_pwa.rules.wall_time import wall

_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
              "November", "December")
_SAME_NIGHT = timedelta(hours=12)  # within these a clock time alone cannot be misunderstood


def day_nl(day: date) -> str:
    """maandag 30 november."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def day_en(day: date) -> str:
    """Monday 30 November."""
    return f"{_DAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]}"


def times_nl(hours: Hours, working_day: date | None, moment: datetime | None, now: datetime) -> dict[str, str]:
    """kantoortijd, and datum and tijd when there is a working day and a moment. `moment`: what was promised, UTC."""
    times = {"kantoortijd": _hours(hours, DAYS, "{days} van {opens} tot {closes} uur", " tot en met ")}
    if working_day:
        times["datum"] = day_nl(working_day)
    if moment:
        far = abs(moment - now) >= _SAME_NIGHT
        times["tijd"] = f"{wall(moment):%H:%M} uur" + (f" op {day_nl(wall(moment).date())}" if far else "")
    return times


def times_en(hours: Hours, working_day: date | None, moment: datetime | None, now: datetime) -> dict[str, str]:
    """kantoortijd, and datum and tijd when there is a working day and a moment. `moment`: what was promised, UTC."""
    times = {"kantoortijd": _hours(hours, _DAYS_EN, "{days}, {opens} to {closes}", " to ")}
    if working_day:
        times["datum"] = day_en(working_day)
    if moment:
        far = abs(moment - now) >= _SAME_NIGHT
        times["tijd"] = f"{wall(moment):%H:%M}" + (f" on {day_en(wall(moment).date())}" if far else "")
    return times


def _hours(hours: Hours, names: Sequence[str], pattern: str, until: str) -> str:
    """Days in a row with the same hours become one stretch."""
    stretches: list[tuple[int, int, tuple[time, time]]] = []
    for day in sorted(hours):
        if stretches and stretches[-1][1] == day - 1 and stretches[-1][2] == hours[day]:
            stretches[-1] = (stretches[-1][0], day, hours[day])
        else:
            stretches.append((day, day, hours[day]))
    return "; ".join(
        pattern.format(
            days=names[first] if first == last else f"{names[first]}{until}{names[last]}",
            opens=f"{span[0]:%H:%M}", closes=f"{span[1]:%H:%M}",
        )
        for first, last, span in stretches
    )
