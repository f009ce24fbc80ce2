"""Who has a line as a step function of time: from each edge on the slot beside it, until the next edge. And how one is laid
over another. The whole of a rota is this one operation: rotations over each other, overrides over them. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from heapq import heappop, heappush
from typing import NamedTuple

from webcare_pwa.rules.rota_plan import OverridePlan

ROTATION, SWAP, OVERRIDE, LEAVE, NOBODY = "rotation", "swap", "override", "leave", "nobody"


class Slot(NamedTuple):
    """Who has the line, and why. `person_id` None: nobody; `planned_id` is who stands in the plan there."""

    person_id: int | None
    source: str
    planned_id: int | None
    rotation: int | None = None
    turn: int | None = None
    override: int | None = None


HOLE = Slot(None, NOBODY, None)

Steps = tuple[list[datetime], list[Slot]]
Run = tuple[datetime, datetime, Slot]


def laid_over(below: Steps, runs: Iterable[Run]) -> Steps:
    """What is below, but where there are runs (in order, apart from each other) these. `below` begins at or before all runs."""
    edges, slots = below
    new_edges: list[datetime] = []
    new_slots: list[Slot] = []
    place = 0
    for starts, ends, slot in runs:
        upto = bisect_left(edges, starts, place)
        new_edges += edges[place:upto]
        new_slots += slots[place:upto]
        if new_edges and new_edges[-1] == starts:  # the run before ends here
            new_slots[-1] = slot
        else:
            new_edges.append(starts)
            new_slots.append(slot)
        place = bisect_right(edges, ends, place)
        new_edges.append(ends)
        new_slots.append(slots[place - 1])
    return new_edges + edges[place:], new_slots + slots[place:]


def joined(steps: Steps, end: datetime) -> Steps:
    """The same up to `end`, without edges at which nothing changes."""
    edges: list[datetime] = []
    slots: list[Slot] = []
    last: Slot | None = None
    for edge, slot in zip(*steps, strict=True):
        if edge >= end:
            break
        if slot is not last and slot != last:
            edges.append(edge)
            slots.append(slot)
            last = slot
    return edges, slots


def newest_of(overrides: Sequence[OverridePlan]) -> tuple[list[datetime], list[OverridePlan | None]]:
    """The overrides laid over each other: edges, and from each edge on the override that wins there, the latest created."""
    waiting = sorted(overrides, key=lambda each: each.starts_at, reverse=True)
    newest: list[tuple[int, int, OverridePlan]] = []  # a heap of those that have started, newest first
    edges: list[datetime] = []
    winners: list[OverridePlan | None] = []
    for edge in sorted({edge for each in overrides for edge in (each.starts_at, each.ends_at)}):
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
