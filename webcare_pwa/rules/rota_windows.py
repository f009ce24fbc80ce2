"""The hours in which a rotation is active: stretches of Dutch wall time that begin on certain weekdays, on holidays too, only,
or not. Whether a stretch counts is decided by the local day on which it begins. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from webcare_pwa.rules.holidays import HolidayRule, of_year
from webcare_pwa.rules.wall_time import instant, wall

ANY, EXCEPT, ONLY = "any", "except", "only"
HOLIDAYS = (ANY, EXCEPT, ONLY)
EVERY_DAY = frozenset(range(7))
LONGEST = 7  # days from the begin to the end of a stretch

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Window:
    """A stretch that begins at `opens` on each of `days` (0 = Monday), and ends at the first `closes` after that, or at
    `closes` on the first weekday `closes_on` after that.

    `holidays`: any (they play no part) | except (not when it begins on a holiday) | only (only then, on one of `days`).
    """

    opens: time
    closes: time
    days: frozenset[int] = EVERY_DAY
    closes_on: int | None = None
    holidays: str = ANY

    def days_later(self, weekday: int) -> int:
        """How many days after the local day on which it begins it ends."""
        if self.closes_on is None:
            return 0 if self.closes > self.opens else 1
        return (self.closes_on - weekday) % 7 or (0 if self.closes > self.opens else LONGEST)


@lru_cache(maxsize=1024)  # the lines of a desk mostly have the same windows
def stretches(windows: tuple[Window, ...], rule: HolidayRule, start: datetime, end: datetime) -> Sequence[Span]:
    """The windows that touch [start, end) as UTC stretches in order, not cut off, joined where they overlap or touch. One that
    ends at or before its begin, because the clock jumps over it, is left out."""
    found: list[Span] = []
    for opens, closes in sorted(_each(windows, rule, start, end)):
        if found and opens <= found[-1][1]:
            if closes > found[-1][1]:
                found[-1] = (found[-1][0], closes)
        else:
            found.append((opens, closes))
    return found


def clipped(spans: Sequence[Span], start: datetime, end: datetime) -> Sequence[Span]:
    """What of spans in order lies in [start, end)."""
    inside = [span for span in spans if span[1] > start and span[0] < end]
    if inside and inside[0][0] < start:
        inside[0] = (start, inside[0][1])
    if inside and inside[-1][1] > end:
        inside[-1] = (inside[-1][0], end)
    return inside


def _each(windows: tuple[Window, ...], rule: HolidayRule, start: datetime, end: datetime) -> list[Span]:
    found = []
    plans = _by_weekday(windows)
    reach = max(later for plan in plans for _, _, later, _ in plan) if any(plans) else 0
    first, last = wall(start).toordinal() - reach, wall(end).toordinal()
    holidays = {day.toordinal() for year in range(wall(start).year - 1, wall(end).year + 1) for day in of_year(year, rule)}
    for ordinal in range(first, last + 1):
        for opens, closes, later, kind in plans[(ordinal + 6) % 7]:
            if kind != ANY and (ordinal in holidays) != (kind == ONLY):
                continue
            day = date.fromordinal(ordinal)
            begins = instant(day, opens)
            ends = instant(date.fromordinal(ordinal + later) if later else day, closes)
            if begins < ends and begins < end and ends > start:
                found.append((begins, ends))
    return found


def _by_weekday(windows: tuple[Window, ...]) -> list[list[tuple[time, time, int, str]]]:
    """Per weekday what begins on it: from, to, how many days later it ends, and what holidays mean to it."""
    return [
        [(each.opens, each.closes, each.days_later(weekday), each.holidays) for each in windows if weekday in each.days]
        for weekday in range(7)
    ]
