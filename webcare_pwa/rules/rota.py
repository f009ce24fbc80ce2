"""Who is on call. One working-out (`rules/rota_lane.py`) answers every question: page, screen, list, feed and command.

Of overlapping overrides the latest created wins; under them the first listed rotation that is active at that moment; under
that nobody. A hand-off is one instant that ends one shift and starts the next; wall times follow `rules/wall_time.py`.
Who is on leave or may not stand on a line leaves a hole: nobody slides into his place, an override fills it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta
from typing import NamedTuple

from webcare_pwa.rules.rota_extent import begin_of, end_of
from webcare_pwa.rules.rota_lane import block_of, block_starts, lane
from webcare_pwa.rules.rota_plan import RotaPlan
from webcare_pwa.rules.rota_steps import LEAVE, NOBODY, OVERRIDE, ROTATION, SWAP, Slot

__all__ = ["LEAVE", "NOBODY", "OVERRIDE", "ROTATION", "SWAP", "Shift", "expand", "on_call_at", "shift_at", "shifts_between"]

_LEAST = timedelta(microseconds=1)


class Shift(NamedTuple):
    """Who has a line in [starts_at, ends_at). `person_id` None: nobody.

    `planned_id` is who stands in the plan; it differs when he is on leave or may not stand on the line.
    `source`: rotation | swap | override | leave | nobody. `rotation` and `turn`, or `override`, name what it comes from.
    """

    line: str
    person_id: int | None
    starts_at: datetime
    ends_at: datetime
    source: str
    planned_id: int | None = None
    rotation: int | None = None
    turn: int | None = None
    override: int | None = None


def on_call_at(plan: RotaPlan, line: str, at: datetime) -> int | None:
    """Id of the person on call, or None."""
    return lane(plan, line).slot_at(at).person_id


def shift_at(plan: RotaPlan, line: str, at: datetime) -> Shift:
    """The whole shift (or hole) around a moment; it may begin at `ALWAYS` and end at `FOREVER`."""
    found = lane(plan, line)
    slot = found.slot_at(at)
    return Shift(line, slot[0], begin_of(found, slot, at), end_of(found, slot, at), *slot[1:])


def shifts_between(plan: RotaPlan, line: str, start: datetime, end: datetime) -> list[Shift]:
    """All of [start, end) as shifts and holes that join up, cut off at both ends."""
    found: list[Shift] = []
    if start >= end:
        return found
    worked_out = lane(plan, line)
    last: Slot | None = None
    for number in range(block_of(start), block_of(end - _LEAST) + 1):
        edges, slots = worked_out.block(number)
        if slots[0] == last:  # one shift over the edge of two blocks
            edges, slots = [found.pop().starts_at, *edges[1:]], slots
        last = slots[-1]
        ends = [*edges[1:], block_starts(number + 1)]
        steps = zip(slots, edges, ends, strict=True)
        found += [Shift(line, slot[0], starts, until, *slot[1:]) for slot, starts, until in steps]
    return _cut(found, start, end)


def expand(plan: RotaPlan, start: datetime, end: datetime) -> dict[str, list[Shift]]:
    """[start, end) of every line."""
    return {line: shifts_between(plan, line, start, end) for line in plan.lines}


def _cut(shifts: list[Shift], start: datetime, end: datetime) -> list[Shift]:
    """Whole blocks of shifts, cut off at both ends."""
    first = bisect_right(shifts, start, key=lambda each: each.starts_at) - 1
    after = bisect_left(shifts, end, key=lambda each: each.starts_at)
    shifts = shifts[first:after]
    shifts[0] = shifts[0]._replace(starts_at=start)
    shifts[-1] = shifts[-1]._replace(ends_at=end)
    return shifts
