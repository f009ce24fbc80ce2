"""What a rota is made of: weekly rotations, stretches given by hand, the lines of a desk. Who has a line at a moment is told by
`rules/rota.py`; wall times follow `rules/wall_time.py`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from heapq import heappop, heappush

from webcare_pwa.rules.wall_time import instant, wall

ALWAYS = datetime.min.replace(tzinfo=UTC)  # a shift that never began
FOREVER = datetime.max.replace(tzinfo=UTC)  # a shift that nothing ends


@dataclass(frozen=True)
class RotationPlan:
    """Members take turns of `weeks` weeks, from the first hand-off: `starts_on` at `handoff`, wall time.

    It ends at the hand-off time of `ends_on`. Without members it is not active.
    """

    members: tuple[int, ...]
    starts_on: date
    handoff: time
    weeks: int = 1
    ends_on: date | None = None

    @cached_property
    def starts_at(self) -> datetime:
        """The first hand-off."""
        return instant(self.starts_on, self.handoff)

    @cached_property
    def ends_at(self) -> datetime:
        """From here on it is not active any more."""
        return instant(self.ends_on, self.handoff) if self.ends_on else FOREVER

    def turn_at(self, at: datetime) -> tuple[int, datetime, datetime]:
        """Person, start and end of the turn at a moment at which the rotation is active."""
        length = 7 * self.weeks
        number = (wall(at).date() - self.starts_on).days // length
        start = self._turn(number)
        if at < start:  # the hand-off is later that day
            number -= 1
            start = self._turn(number)
        return self.members[number % len(self.members)], start, min(self._turn(number + 1), self.ends_at)

    def _turn(self, number: int) -> datetime:
        return instant(self.starts_on + timedelta(days=7 * self.weeks * number), self.handoff)


@dataclass(frozen=True)
class OverridePlan:
    """A stretch [starts_at, ends_at) given to a person by hand. A higher `number` was created later."""

    number: int
    person_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class LinePlan:
    """The rotations of a line, in order of preference, and its overrides, in any order."""

    rotations: tuple[RotationPlan, ...] = ()
    overrides: tuple[OverridePlan, ...] = ()

    @cached_property
    def layer(self) -> tuple[list[datetime], list[OverridePlan | None]]:
        """The overrides laid over each other: edges, and from each edge on the override that wins there."""
        waiting = sorted(self.overrides, key=lambda each: each.starts_at, reverse=True)
        newest: list[tuple[int, int, OverridePlan]] = []  # a heap of those that have started, newest first
        edges: list[datetime] = []
        winners: list[OverridePlan | None] = []
        for edge in sorted({edge for each in self.overrides for edge in (each.starts_at, each.ends_at)}):
            while waiting and waiting[-1].starts_at <= edge:
                started = waiting.pop()
                heappush(newest, (-started.number, len(waiting), started))
            while newest and newest[0][2].ends_at <= edge:
                heappop(newest)
            winner = newest[0][2] if newest else None
            if not winners or winner is not winners[-1]:
                edges.append(edge)
                winners.append(winner)
        return edges, winners


@dataclass(frozen=True)
class RotaPlan:
    """The lines of a desk by code, and who may stand on them (None: everybody)."""

    lines: Mapping[str, LinePlan] = field(default_factory=dict)
    allowed: frozenset[int] | None = None
