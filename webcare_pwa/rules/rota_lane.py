"""One line of a rota worked out as steps in UTC, four weeks at a time, when they are asked for, and kept with the plan.

Everything that is ever said about a line comes from here: who is on call, the shifts of a month, what is published. The order:
the rotations over each other, the first listed on top, each with swaps and leave in it; over that the overrides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from webcare_pwa.rules.rota_leave import Leave
from webcare_pwa.rules.rota_plan import FOREVER, LinePlan, RotaPlan, RotationPlan
from webcare_pwa.rules.rota_steps import HOLE, OVERRIDE, ROTATION, SWAP, Run, Slot, Steps, joined, laid_over, newest_of
from webcare_pwa.rules.rota_windows import Span, clipped, stretches

BLOCK = timedelta(days=28)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EMPTY = LinePlan()


def lane(plan: RotaPlan, line: str) -> Lane:
    """A line, worked out as far as it was asked; a line that is not in the plan is a hole."""
    found = plan.lanes.get(line)
    if found is None:
        found = plan.lanes[line] = Lane(plan, plan.lines.get(line, _EMPTY))
    return found


def block_of(at: datetime) -> int:
    """Number of the block in which a moment lies."""
    return (at - _EPOCH) // BLOCK


def block_starts(number: int) -> datetime:
    """When a block begins."""
    return _EPOCH + number * BLOCK


class Lane:
    """A line and what it was worked out to."""

    def __init__(self, plan: RotaPlan, line: LinePlan) -> None:
        self._plan, self._line = plan, line
        self._edges, self._winners = newest_of(line.overrides)
        self._leave = Leave(plan.leave)
        self._turns: list[dict[int, Slot]] = [{} for _ in line.rotations]
        self._blocks: dict[int, Steps] = {}
        moments = [(each.starts_at, each.ends_at) for each in line.rotations if each.members]
        moments += [(each.starts_at, each.ends_at) for each in line.overrides]
        self.first = min((start for start, _ in moments), default=FOREVER)  # before it the line is a hole
        self.last = max((end for _, end in moments), default=_EPOCH)  # and from here on

    def block(self, number: int) -> Steps:
        """The steps of a block; the first edge is its begin."""
        found = self._blocks.get(number)
        if found is None:
            found = self._blocks[number] = self._worked_out(block_starts(number), block_starts(number + 1))
        return found

    def slot_at(self, at: datetime) -> Slot:
        """Who has the line at a moment."""
        if not self.first <= at < self.last:
            return HOLE
        edges, slots = self.block((at - _EPOCH) // BLOCK)
        return slots[bisect_right(edges, at) - 1]

    def _worked_out(self, start: datetime, end: datetime) -> Steps:
        steps: Steps = ([start], [HOLE])
        for rotation, turns in zip(reversed(self._line.rotations), reversed(self._turns), strict=True):
            if runs := self._runs(rotation, turns, start, end):
                steps = laid_over(steps, runs)
        if overrides := list(self._overrides(start, end)):
            steps = laid_over(steps, overrides)
        return joined(steps, end)

    def _runs(self, rotation: RotationPlan, turns: dict[int, Slot], start: datetime, end: datetime) -> list[Run]:
        """The turns of a rotation in a block, cut by its windows and by leave."""
        active = max(start, rotation.starts_at), min(end, rotation.ends_at)
        if active[0] >= active[1] or not rotation.members:
            return []
        spans: Sequence[Span] = (active,)
        if rotation.windows:
            spans = clipped(stretches(rotation.windows, self._plan.holidays, start, end), *active)
        runs: list[Run] = []
        turn = rotation.turn_at(active[0])
        until = rotation.turn_starts(turn + 1)
        for at, closes in spans:
            while at < closes:
                while until <= at:
                    turn += 1
                    until = rotation.turn_starts(turn + 1)
                ends = until if until < closes else closes
                runs.append((at, ends, turns.get(turn) or turns.setdefault(turn, self._turn(rotation, turn))))
                at = ends
        return self._leave.cut(runs)

    def _turn(self, rotation: RotationPlan, turn: int) -> Slot:
        swapped = self._plan.swapped.get((rotation.number, turn))
        planned = rotation.members[turn % len(rotation.members)] if swapped is None else swapped
        source = ROTATION if swapped is None else SWAP
        return Slot(self._may(planned), source, planned, rotation.number, turn)

    def _overrides(self, start: datetime, end: datetime) -> Iterator[Run]:
        place = max(bisect_right(self._edges, start) - 1, 0)
        while place < len(self._edges) and self._edges[place] < end:
            winner = self._winners[place]
            if winner is not None:
                begins, ends = max(self._edges[place], start), min(self._edges[place + 1], end)
                person = self._may(winner.person_id)
                slot = Slot(person, OVERRIDE, winner.person_id, override=winner.number)
                yield from self._leave.pieces(begins, ends, slot, winner)
            place += 1

    def _may(self, person_id: int) -> int | None:
        allowed, able = self._plan.allowed, self._line.able
        return person_id if (allowed is None or person_id in allowed) and (able is None or person_id in able) else None
