"""What a rota is made of: lines with rotations, overrides, swaps and leave. Who has a line at a moment is told by
`rules/rota.py`; wall times follow `rules/wall_time.py`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from webcare_pwa.rules.holidays import USUAL, HolidayRule
from webcare_pwa.rules.rotation import ALWAYS, FOREVER, RotationPlan

if TYPE_CHECKING:
    from webcare_pwa.rules.rota_lane import Lane

__all__ = ["ALWAYS", "FOREVER", "LeavePlan", "LinePlan", "OverridePlan", "RotaPlan", "RotationPlan", "SwapPlan", "TurnKey"]

TurnKey = tuple[int, int]  # number of the rotation, number of the turn


@dataclass(frozen=True)
class OverridePlan:
    """A stretch [starts_at, ends_at) given to a person by hand. A higher `number` was created later."""

    number: int
    person_id: int
    starts_at: datetime
    ends_at: datetime
    created_at: datetime | None = None


@dataclass(frozen=True)
class SwapPlan:
    """A turn given to somebody else (`person_id`), or exchanged with another turn (`other`), wherever turns lie in time."""

    turn: TurnKey
    person_id: int | None = None
    other: TurnKey | None = None


@dataclass(frozen=True)
class LeavePlan:
    """A stretch [starts_at, ends_at) in which a person does no duty. It makes holes in his turns, and in overrides to him that
    are older; without `created_at` it is older than all of them."""

    person_id: int
    starts_at: datetime
    ends_at: datetime
    created_at: datetime | None = None


@dataclass(frozen=True)
class LinePlan:
    """The rotations of a line, in order of preference, its overrides, in any order, and who can do it (None: everybody)."""

    rotations: tuple[RotationPlan, ...] = ()
    overrides: tuple[OverridePlan, ...] = ()
    able: frozenset[int] | None = None


@dataclass(frozen=True)
class RotaPlan:
    """The lines of a desk by code, who may stand on them (None: everybody), swaps in the order in which they were made."""

    lines: Mapping[str, LinePlan] = field(default_factory=dict)
    allowed: frozenset[int] | None = None
    swaps: tuple[SwapPlan, ...] = ()
    leave: tuple[LeavePlan, ...] = ()
    holidays: HolidayRule = USUAL
    lanes: dict[str, Lane] = field(default_factory=dict, compare=False, repr=False)  # kept by `rules/rota_lane.py`

    @cached_property
    def swapped(self) -> Mapping[TurnKey, int]:
        """Who has the turns that swaps changed. Each swap works on what those before it left."""
        members = {each.number: each.members for line in self.lines.values() for each in line.rotations}
        found: dict[TurnKey, int] = {}

        def has(turn: TurnKey) -> int | None:
            people = members.get(turn[0])
            return found.get(turn, people[turn[1] % len(people)]) if people else None

        for swap in self.swaps:
            mine, theirs = has(swap.turn), swap.person_id if swap.other is None else has(swap.other)
            if mine is not None and theirs is not None:
                found[swap.turn] = theirs
                if swap.other is not None:
                    found[swap.other] = mine
        return found
