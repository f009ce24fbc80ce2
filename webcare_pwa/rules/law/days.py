"""The local-time parts of the law in minutes: nights from 00:00 to 06:00, Sundays, weeks, days. Wall time in Amsterdam."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import lru_cache

from webcare_pwa.rules.law.bounds import WEEKDAYS
from webcare_pwa.rules.law.minutes import Stretch, minute
from webcare_pwa.rules.wall_time import instant

SUNDAY = 6
_NIGHT_ENDS = time(6)
_EPOCH, _DAY = date(1970, 1, 1).toordinal(), 24 * 60
_EARLIEST = 60  # winter time is that many minutes ahead of UTC; in summer the local day may be one further


@lru_cache(maxsize=65536)
def starts(number: int) -> int:
    """The minute at which a day begins, by its ordinal."""
    return minute(instant(date.fromordinal(number), time()))


@lru_cache(maxsize=65536)
def night_of(number: int) -> Stretch:
    """00:00 to 06:00 of a day: five to seven hours."""
    return starts(number), minute(instant(date.fromordinal(number), _NIGHT_ENDS))


def day_of(at: int) -> int:
    """The ordinal of the local day of a minute."""
    number = (at + _EARLIEST) // _DAY + _EPOCH
    return number + (at >= starts(number + 1))


def days(start: int, end: int) -> range:
    """The local days that [start, end) touches."""
    return range(day_of(start), day_of(end - 1) + 1)


def nights(start: int, end: int) -> Iterator[Stretch]:
    """The nights that [start, end) touches, each cut to it."""
    first = day_of(start)
    if start >= night_of(first)[1] and end <= starts(first + 1):
        return  # most work lies within one day
    for number in days(start, end):
        left, right = night_of(number)
        if left < end and right > start:
            yield max(left, start), min(right, end)


def is_night(at: int) -> bool:
    """Does a minute lie between 00:00 and 06:00?"""
    left, right = night_of(day_of(at))
    return left <= at < right


def weeks(week_start: str, start: int, end: int) -> list[int]:
    """Where the weeks begin: from the last beginning at or before `start` to the first at or after `end`."""
    first = date.fromordinal(day_of(start))
    first -= timedelta(days=(first.weekday() - WEEKDAYS.index(week_start)) % 7)
    found = [starts(first.toordinal())]
    while found[-1] < end:
        first += timedelta(days=7)
        found.append(starts(first.toordinal()))
    return found
