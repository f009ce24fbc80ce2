"""The stretch of days that a calendar shows: a month, or an ISO week. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from webcare_pwa.rules.wall_time import instant

FIRST_YEAR, LAST_YEAR = 2000, 2100  # further away is a typing mistake, not a rota
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_MONTH_KEY, _WEEK_KEY = re.compile(r"(\d{4})-(\d{2})", re.ASCII), re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


@dataclass(frozen=True)
class Period:
    """The days [first, after). `key` names it in addresses: 2026-11 is a month, 2026-W48 a week (ISO 8601)."""

    key: str
    first: date
    after: date

    @property
    def is_week(self) -> bool:
        """Else a month."""
        return "W" in self.key

    @property
    def number(self) -> int:
        """Of the month (1 to 12) or of the week (1 to 53)."""
        return self.first.isocalendar().week if self.is_week else self.first.month

    @property
    def year(self) -> int:
        """The year that goes with the number; a week belongs to the year of its Thursday."""
        return self.first.isocalendar().year if self.is_week else self.first.year

    @property
    def shown(self) -> tuple[date, date]:
        """Whole weeks, Monday to Sunday, so that a grid has no holes; half-open."""
        return self.first - _DAY * self.first.weekday(), self.after + _DAY * (-self.after.weekday() % 7)

    def days(self) -> Iterator[date]:
        """Every day shown."""
        day, after = self.shown
        while day < after:
            yield day
            day += _DAY

    def previous(self) -> Period:
        """The one before."""
        return week_of(self.first - _DAY) if self.is_week else month_of(self.first - _DAY)

    def next(self) -> Period:
        """The one after."""
        return week_of(self.after) if self.is_week else month_of(self.after)


def month_of(day: date) -> Period:
    """The month in which a day lies."""
    first = day.replace(day=1)
    return Period(f"{day:%Y-%m}", first, (first + 31 * _DAY).replace(day=1))


def week_of(day: date) -> Period:
    """The week in which a day lies."""
    first = day - _DAY * day.weekday()
    year, week, _ = day.isocalendar()
    return Period(f"{year}-W{week:02}", first, first + _WEEK)


def parse(key: str) -> Period:
    """The period with that key. Raises ValueError when it names none."""
    found = _MONTH_KEY.fullmatch(key) or _WEEK_KEY.fullmatch(key)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise ValueError(f"not a month or week: {key}")
    year, number = int(found[1]), int(found[2])
    return week_of(date.fromisocalendar(year, number, 1)) if "W" in key else month_of(date(year, number, 1))


def midnight(day: date) -> datetime:
    """When a Dutch day begins, in UTC."""
    return instant(day, time())


def clock_step(day: date) -> int:
    """Hours that the clock is put forward on a day: 1 in March, -1 in October, else 0. Such a day has 23 or 25 hours."""
    return 24 - int((midnight(day + _DAY) - midnight(day)) / timedelta(hours=1))
