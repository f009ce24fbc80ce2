"""From when to when a line stays as it is at a moment: over the edges of the blocks in which it is worked out. Pure."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime

from webcare_pwa.rules.rota_lane import Lane, block_of, block_starts
from webcare_pwa.rules.rota_plan import ALWAYS, FOREVER
from webcare_pwa.rules.rota_steps import HOLE, Slot

_FAR = 100  # blocks, over seven years: a hole or shift that is longer has no end


def begin_of(worked_out: Lane, slot: Slot, at: datetime) -> datetime:
    """When what a line is at a moment began."""
    if at < worked_out.first:
        return ALWAYS
    at = min(at, worked_out.last)
    number = block_of(at)
    edges, _ = worked_out.block(number)
    place = bisect_right(edges, at) - 1
    for earlier in range(number - 1, number - _FAR, -1):
        if place > 0:
            return edges[place]
        if edges[0] <= worked_out.first:
            break
        edges, slots = worked_out.block(earlier)
        if slots[-1] != slot:
            return block_starts(earlier + 1)
        place = len(edges) - 1
    return ALWAYS if slot == HOLE else edges[0]


def end_of(worked_out: Lane, slot: Slot, at: datetime) -> datetime:
    """When what a line is at a moment ends."""
    if at < worked_out.first:
        at = worked_out.first
        if at == FOREVER or worked_out.slot_at(at) != slot:
            return at
    if at >= worked_out.last:
        return FOREVER
    number = block_of(at)
    edges, _ = worked_out.block(number)
    place = bisect_right(edges, at)
    for later in range(number + 1, number + _FAR):
        if place < len(edges):
            return edges[place]
        if block_starts(later) >= worked_out.last:
            break
        edges, slots = worked_out.block(later)
        if slots[0] != slot:
            return block_starts(later)
        place = 1
    return FOREVER if slot == HOLE else worked_out.last
