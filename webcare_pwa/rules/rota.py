"""Who is on call. One function, `shift_at`, answers every question: page, screen, list and command.

Of overlapping overrides the latest created wins; under them the first listed active rotation; under that nobody.
A hand-off is one instant that ends one shift and starts the next; wall times follow `rules/wall_time.py`.
Somebody who may not stand on a line leaves a hole: nobody slides into his place.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from webcare_pwa.rules.rota_plan import ALWAYS, FOREVER, LinePlan, RotaPlan, RotationPlan

ROTATION, OVERRIDE, NOBODY = "rotation", "override", "nobody"


@dataclass(frozen=True)
class Shift:
    """Who has a line in [starts_at, ends_at). `person_id` None: nobody.

    `planned_id` is who stands in the plan; it differs when he may not stand on the line.
    `source`: rotation | override | nobody.
    """

    line: str
    person_id: int | None
    starts_at: datetime
    ends_at: datetime
    source: str
    planned_id: int | None = None


def on_call_at(plan: RotaPlan, line: str, at: datetime) -> int | None:
    """Id of the person on call, or None."""
    return shift_at(plan, line, at).person_id


def shift_at(plan: RotaPlan, line: str, at: datetime) -> Shift:
    """The whole shift (or hole) around a moment; it may begin at `ALWAYS` and end at `FOREVER`."""
    lane = plan.lines.get(line, _EMPTY)
    edges, winners = lane.layer
    place = bisect_right(edges, at)
    begins = edges[place - 1] if place else ALWAYS
    ends = edges[place] if place < len(edges) else FOREVER
    override = winners[place - 1] if place else None
    if override:
        person: int | None = override.person_id
        source = OVERRIDE
    else:
        person, begins, ends = _rotation_at(lane.rotations, at, begins, ends)
        source = NOBODY if person is None else ROTATION
    may = plan.allowed is None or person in plan.allowed
    return Shift(line, person if may else None, begins, ends, source, person)


def shifts_between(plan: RotaPlan, line: str, start: datetime, end: datetime) -> list[Shift]:
    """All of [start, end) as shifts and holes that join up, cut off at both ends."""
    found: list[Shift] = []
    at = start
    while at < end:
        shift = shift_at(plan, line, at)
        until = min(shift.ends_at, end)
        found.append(Shift(line, shift.person_id, at, until, shift.source, shift.planned_id))
        at = until
    return found


def _rotation_at(
    rotations: tuple[RotationPlan, ...], at: datetime, begins: datetime, ends: datetime
) -> tuple[int | None, datetime, datetime]:
    """Person, start and end of what the rotations say at a moment, within [begins, ends)."""
    for rotation in rotations:
        if not rotation.members or rotation.ends_at <= rotation.starts_at:
            continue
        if at < rotation.starts_at:
            ends = min(ends, rotation.starts_at)
        elif at >= rotation.ends_at:
            begins = max(begins, rotation.ends_at)
        else:
            person, start, end = rotation.turn_at(at)
            return person, max(begins, start), min(ends, end)
    return None, begins, ends


_EMPTY = LinePlan()
