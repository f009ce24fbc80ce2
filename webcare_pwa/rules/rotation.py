"""A rotation: people who take turns, from hand-off to hand-off. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from webcare_pwa.rules.rota_windows import Window
from webcare_pwa.rules.wall_time import instant, wall

ALWAYS = datetime.min.replace(tzinfo=UTC)  # a shift that never began
FOREVER = datetime.max.replace(tzinfo=UTC)  # a shift that nothing ends
HOURS, DAYS, WEEKS = "hours", "days", "weeks"
UNITS = (HOURS, DAYS, WEEKS)


@dataclass(frozen=True)
class RotationPlan:
    """Members take turns of `every` hours, days or weeks; turn 0 begins at the first hand-off, `handoff` on `starts_on`.

    Turns of days and weeks change at that wall time, so one over a clock change lasts an hour less or more; turns of hours are
    elapsed hours. Active from `begins` (wall time; None: the first hand-off) to `ends` (None: it never ends), and within its
    `windows` when it has any. Turns run on outside windows. Without members it is not active. `number` names it for swaps.
    """

    members: tuple[int, ...]
    starts_on: date
    handoff: time
    every: int = 1
    unit: str = WEEKS
    begins: datetime | None = None
    ends: datetime | None = None
    windows: tuple[Window, ...] = ()
    number: int = 0

    @cached_property
    def first_handoff(self) -> datetime:
        """When turn 0 begins."""
        return instant(self.starts_on, self.handoff)

    @cached_property
    def starts_at(self) -> datetime:
        """From here on it is active."""
        return instant(self.begins.date(), self.begins.time()) if self.begins else self.first_handoff

    @cached_property
    def ends_at(self) -> datetime:
        """From here on it is not active any more."""
        return instant(self.ends.date(), self.ends.time()) if self.ends else FOREVER

    @cached_property
    def length(self) -> int:
        """Of a turn, in days, or in hours when it takes turns of hours."""
        return self.every * 7 if self.unit == WEEKS else self.every

    def turn_starts(self, turn: int) -> datetime:
        """When a turn begins, windows left aside."""
        if self.unit == HOURS:
            return self.first_handoff + timedelta(hours=self.length * turn)
        return instant(self.starts_on + timedelta(days=self.length * turn), self.handoff)

    def turn_at(self, at: datetime) -> int:
        """Number of the turn at a moment; negative before the first hand-off."""
        if self.unit == HOURS:
            return (at - self.first_handoff) // timedelta(hours=self.length)
        turn = (wall(at).date() - self.starts_on).days // self.length
        return turn if self.turn_starts(turn) <= at else turn - 1  # the hand-off may be later that day
