"""Working hours by the week, worked out as shifts: what a contract says, without what really happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from webcare_pwa.rules.holidays import HolidayRule, is_holiday
from webcare_pwa.rules.law.person import Shift, Span
from webcare_pwa.rules.wall_time import instant, wall


@dataclass(frozen=True)
class WorkingHours:
    """On these weekdays (Monday is 0) from `starts` to `ends`, the next day when that is not later; on days from `first` to
    `last`, and on public holidays only when `on_holidays`. `breaks` None: not known."""

    weekdays: frozenset[int]
    starts: time
    ends: time
    breaks: tuple[tuple[time, time], ...] | None = None
    first: date | None = None
    last: date | None = None
    on_holidays: bool = False

    def shifts(self, start: datetime, end: datetime, rule: HolidayRule) -> Iterator[Shift]:
        """The shifts that begin on the days of [start, end); `rule` says which days are public holidays."""
        day, last = wall(start).date(), wall(end).date()
        while day <= last:
            if self._works(day, rule):
                yield self._shift(day)
            day += timedelta(days=1)

    def _works(self, day: date, rule: HolidayRule) -> bool:
        known = (self.first is None or self.first <= day) and (self.last is None or day <= self.last)
        return known and day.weekday() in self.weekdays and (self.on_holidays or not is_holiday(day, rule))

    def _shift(self, day: date) -> Shift:
        rests = None if self.breaks is None else tuple(Span(*self._stretch(day, *each)) for each in self.breaks)
        return Shift(*self._stretch(day, self.starts, self.ends), rests)

    def _stretch(self, day: date, start: time, end: time) -> tuple[datetime, datetime]:
        """From a wall time of the shift to a later one; times before its start are on the next day."""
        begins = day + timedelta(days=start < self.starts)
        return instant(begins, start), instant(begins + timedelta(days=end <= start), end)
