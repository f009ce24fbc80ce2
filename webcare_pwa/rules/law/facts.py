"""The facts of a person in minutes, as the rules need them; each is worked out once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from webcare_pwa.rules.law import calls, days
from webcare_pwa.rules.law.leave import leave_hours, leave_stretches
from webcare_pwa.rules.law.minutes import Stretch, meets, minus, union
from webcare_pwa.rules.law.person import Person, Shift
from webcare_pwa.rules.law.settings import LawSettings

LEAST_BREAK = 15  # 1:7(1)e
NIGHT_WORK = 60  # more than this between 00:00 and 06:00 makes a night shift, 1:7(1)d
ONE_DUTY = 480  # a rest of less than this does not end a shift, 1:7(1)c


@dataclass(frozen=True)
class Duty:
    """A `dienst` (1:7(1)c): planned work between two rests of 8 hours; `pieces` is the work in it."""

    starts: int
    ends: int
    pieces: tuple[Stretch, ...]
    work: int
    is_night: bool


def _without_breaks(shift: Shift) -> list[Stretch]:
    if not shift.breaks:
        return [shift.stretch]
    breaks = (each.stretch for each in shift.breaks if each.minutes_long >= LEAST_BREAK)
    return minus([shift.stretch], union(breaks))


@dataclass(frozen=True)
class Facts:
    """A person under one set of norms; `period`: a window is looked at when it has a minute in common with it."""

    person: Person
    settings: LawSettings
    period: Stretch

    @cached_property
    def standby(self) -> list[Stretch]:
        """Periods of consignation; duties that touch are one."""
        return union(each.stretch for each in self.person.standby)

    @cached_property
    def planned(self) -> list[Stretch]:
        """Planned work without breaks, as if there were no leave. A break ends only its own shift: other work in it is work."""
        shifts: tuple[Shift, ...] = self.person.work + self.person.night_shifts
        return union(piece for shift in shifts for piece in _without_breaks(shift))

    @cached_property
    def worked(self) -> list[Stretch]:
        """Planned work that was not leave."""
        return minus(self.planned, leave_stretches(self.person.leave))

    def worked_from(self, start: int) -> Iterator[Stretch]:
        """Planned work from the piece that begins at or before `start` on."""
        first = max(0, bisect_right(self.worked, (start, start)) - 1)
        return (self.worked[place] for place in range(first, len(self.worked)))

    @cached_property
    def call_work(self) -> tuple[calls.Work, ...]:
        """Call-outs as they count."""
        return calls.counted(self.person.call_outs, self.settings, self.worked)

    @cached_property
    def all_work(self) -> list[Stretch]:
        """Planned work and call-outs with what they count for, joined: what interrupts a rest."""
        return union([*self.worked, *((each.starts, each.until) for each in self.call_work)])

    @cached_property
    def hours(self) -> list[Stretch]:
        """What is summed as work. What is added to a short call-out is a stretch of its own."""
        real = union([*self.worked, *((each.starts, each.ends) for each in self.call_work)])
        return real + [(each.ends, each.until) for each in self.call_work if each.until > each.ends]

    @cached_property
    def hours_with_leave(self) -> list[Stretch]:
        """The same with the hours of leave, for the limits of 5:7 (5:2)."""
        return self.hours + leave_hours(self.person.leave, self.planned)

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Planned shifts as the law cuts them, in order."""
        groups: list[list[Stretch]] = []
        for piece in self.worked:
            if groups and piece[0] - groups[-1][-1][1] < ONE_DUTY:
                groups[-1].append(piece)
            else:
                groups.append([piece])
        return tuple(self._duty(group) for group in groups)

    def _duty(self, pieces: list[Stretch]) -> Duty:
        start, end = pieces[0][0], pieces[-1][1]
        night = sum(right - left for piece in pieces for left, right in days.nights(*piece))
        named = meets((start, end), self._night_shifts)
        work = sum(right - left for left, right in pieces)
        return Duty(start, end, tuple(pieces), work, named or night > NIGHT_WORK)

    @cached_property
    def _night_shifts(self) -> list[Stretch]:
        return union(each.stretch for each in self.person.night_shifts)

    @cached_property
    def nights(self) -> tuple[Duty, ...]:
        """Planned night shifts."""
        return tuple(each for each in self.duties if each.is_night)

    def touches(self, start: int, end: int) -> bool:
        """Has [start, end) a minute in common with the period?"""
        return start < self.period[1] and end > self.period[0]
