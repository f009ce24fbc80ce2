"""One person's time as arrays of minutes: the ground the slow twin of the law check stands on.

Written from the law text by another hand than the checker, and sharing nothing with it but the values that go in. Minutes
count from 1970 UTC; `Diary.origin` is the first one in the arrays. Slow on purpose: nothing here is clever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from webcare_pwa.rules.law.person import Leave, Person, Span
from webcare_pwa.rules.law.settings import LawSettings

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOUR, DAY = 60, 1440
MARGIN = 125 * DAY
SHORTEST_BREAK = 15
REST_BETWEEN_SHIFTS = 8 * HOUR


def minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def wall(day: date, hour: int = 0) -> int:
    """A time on the clock in Amsterdam; the first of two, and as if the clock had not jumped."""
    return minute(datetime.combine(day, time(hour), AMSTERDAM))


def day_of(at: int) -> date:
    return datetime.fromtimestamp(at * 60, UTC).astimezone(AMSTERDAM).date()


@dataclass
class Called:
    """Calls that R7 makes one piece of work; `added` minutes lie behind the real end."""

    starts: int
    ends: int
    calls: list[int]
    added: int = 0

    @property
    def counted_end(self) -> int:
        return self.ends + self.added


@dataclass
class Dienst:
    """Planned work between two rests of 8 hours (1:7(1)c)."""

    starts: int
    ends: int
    minutes: int
    night: bool


class Diary:
    """Every minute of a person: standby, planned work, work after calls, minutes added by R7, leave that counts."""

    def __init__(self, person: Person, settings: LawSettings, first: int, last: int) -> None:
        self.person, self.settings = person, settings
        spans: list[Span] = [*person.standby, *person.work, *person.night_shifts, *person.call_outs, *person.leave]
        self.origin = min([first, *(minute(each.starts_at) for each in spans)]) - MARGIN
        self.size = max([last, *(minute(each.ends_at) for each in spans)]) + MARGIN - self.origin
        self.night = self.empty()
        self.days = [day_of(self.origin) + timedelta(days=number) for number in range(self.size // DAY + 1)]
        for day in self.days:
            self.mark(self.night, wall(day), wall(day, 6))
        self.standby = self.marked(person.standby)
        self._plan()
        self.called = self._calls()
        self.work = bytearray(max(each) for each in zip(self.planned, self._called_minutes(), strict=True))
        self.added = self.empty()
        for group in self.called:
            self.mark(self.added, group.ends, group.counted_end)
        self.busy = bytearray(max(each) for each in zip(self.work, self.added, strict=True))

    def empty(self) -> bytearray:
        return bytearray(self.size)

    def mark(self, line: bytearray, starts: int, ends: int, value: int = 1) -> None:
        left, right = max(0, starts - self.origin), max(0, min(self.size, ends - self.origin))
        line[left:right] = bytes([value]) * max(0, right - left)

    def marked(self, spans: Iterable[Span]) -> bytearray:
        line = self.empty()
        for each in spans:
            self.mark(line, minute(each.starts_at), minute(each.ends_at))
        return line

    def on(self, line: bytearray, at: int) -> bool:
        return 0 <= at - self.origin < self.size and bool(line[at - self.origin])

    def next(self, line: bytearray, at: int) -> int | None:
        """The first minute from `at` on that is marked."""
        place = line.find(1, max(0, at - self.origin))
        return None if place < 0 else place + self.origin

    def sum(self, line: bytearray, starts: int, ends: int) -> int:
        return sum(line[max(0, starts - self.origin) : max(0, ends - self.origin)])

    def runs(self, line: bytearray) -> Iterator[tuple[int, int]]:
        for found in re.finditer(b"\x01+", bytes(line)):
            yield found.start() + self.origin, found.end() + self.origin

    def longest_rest(self, line: bytearray, starts: int, ends: int) -> int:
        return max((len(each) for each in re.findall(b"\x00+", self._cut(line, starts, ends))), default=0)

    def rests(self, line: bytearray, starts: int, ends: int) -> list[int]:
        return [len(each) for each in re.findall(b"\x00+", self._cut(line, starts, ends))]

    def _cut(self, line: bytearray, starts: int, ends: int) -> bytes:
        """Those minutes; what lies outside the arrays is free."""
        left, right = starts - self.origin, ends - self.origin
        inside = bytes(line[max(0, left) : max(0, right)])
        return bytes(max(0, -left)) + inside + bytes(max(0, right - max(left, 0) - len(inside)))

    def _plan(self) -> None:
        """Planned work without breaks; what lies in leave is not worked but counts (5:2)."""
        self.planned = self.empty()
        for shift in (*self.person.work, *self.person.night_shifts):
            line = self.marked([shift])
            for rest in shift.breaks or ():
                if rest.minutes_long >= SHORTEST_BREAK:
                    self.mark(line, minute(rest.starts_at), minute(rest.ends_at), 0)
            for starts, ends in self.runs(line):
                self.mark(self.planned, starts, ends)
        self.leave_hours = self.empty()
        for leave in self.person.leave:
            self._leave(leave)
        for leave in self.person.leave:
            self.mark(self.planned, minute(leave.starts_at), minute(leave.ends_at), 0)

    def _leave(self, leave: Leave) -> None:
        starts, ends = minute(leave.starts_at), minute(leave.ends_at)
        if leave.minutes is None:
            for at in range(starts - self.origin, ends - self.origin):
                self.leave_hours[at] += self.planned[at]
            return
        days = [day for day in self.days if wall(day) < ends and wall(day + timedelta(days=1)) > starts]
        assert leave.minutes % len(days) == 0, "the twin only spreads what divides"
        for day in days:
            begin = max(starts, wall(day)) - self.origin
            for at in range(begin, begin + leave.minutes // len(days)):
                self.leave_hours[at] += 1

    def _calls(self) -> list[Called]:
        """5:9(7): from the call; a new call within half an hour joins; half an hour at least, unless it is planned work."""
        groups: list[Called] = []
        done = self.settings.callout_ends_at == "work_done"
        for call in sorted(self.person.call_outs, key=lambda each: each.starts_at):
            starts = minute(call.starts_at)
            ends = minute(call.work_done_at if done and call.work_done_at else call.ends_at)
            if groups and starts - groups[-1].ends <= self.settings.callout_merge_gap_minutes:
                groups[-1].ends = max(groups[-1].ends, ends)
                groups[-1].calls.append(starts)
            else:
                groups.append(Called(starts, ends, [starts]))
        for group in groups:
            if not self.on(self.planned, group.starts):
                group.added = max(0, self.settings.callout_min_minutes - (group.ends - group.starts))
        return groups

    def _called_minutes(self) -> bytearray:
        line = self.empty()
        for group in self.called:
            self.mark(line, group.starts, group.ends)
        return line

    def diensten(self) -> list[Dienst]:
        """1:7(1)c and d: work with less than 8 hours of rest in between; a night shift with more than an hour at night."""
        ends: list[tuple[int, int]] = []
        for left, right in self.runs(self.planned):
            if ends and left - ends[-1][1] < REST_BETWEEN_SHIFTS:
                ends[-1] = ends[-1][0], right
            else:
                ends.append((left, right))
        return [Dienst(left, right, self.sum(self.planned, left, right), self._is_night(left, right)) for left, right in ends]

    def _is_night(self, left: int, right: int) -> bool:
        at_night = sum(self.on(self.planned, at) and self.on(self.night, at) for at in range(left, right))
        named = any(
            self.on(self.planned, at) for shift in self.person.night_shifts
            for at in range(max(left, minute(shift.starts_at)), min(right, minute(shift.ends_at)))
        )  # fmt: skip
        return at_night > HOUR or named
