"""Windows that may begin at any minute, exactly and without trying every minute.

What a window of fixed length holds changes along straight lines: only at a few beginnings does it bend or jump. Between two of
those it is known from its ends. `tests/rules/law/test_windows.py` holds this against trying every minute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from webcare_pwa.rules.law.minutes import Stretch


@dataclass(frozen=True, slots=True)
class Piece:
    """Windows that begin at `first` up to and with `last`: the first holds `value`, each next one `slope` more."""

    first: int
    last: int
    value: int
    slope: int = 0

    @property
    def end_value(self) -> int:
        """What the last window holds."""
        return self.value + self.slope * (self.last - self.first)

    def above(self, limit: int) -> Piece | None:
        """The windows that hold more than `limit`."""
        if max(self.value, self.end_value) <= limit:
            return None
        first, last = self.first, self.last
        if self.value <= limit:
            first += (limit - self.value) // self.slope + 1
        elif self.end_value <= limit:
            last = self.first + (self.value - limit - 1) // -self.slope
        return Piece(first, last, self.value + self.slope * (first - self.first), self.slope)

    @property
    def most(self) -> tuple[int, int]:
        """The highest value, and the earliest beginning that has it."""
        if self.slope > 0:
            return self.end_value, self.last
        return self.value, self.first


def sums(stretches: Iterable[Stretch], length: int, first: int, last: int, cuts: Iterable[int] = ()) -> Iterator[Piece]:
    """Minutes of the stretches (each counts, also where they overlap) in [s, s + length), for s from `first` to `last`.

    `cuts`: beginnings at which a piece must begin, for a caller whose limit changes there.
    """
    bends: Counter[int] = Counter()
    for start, end in stretches:
        bends[start - length] += 1
        bends[end - length] -= 1
        bends[start] -= 1
        bends[end] += 1
    for cut in cuts:
        bends[cut] += 0
    bends[first] += 0
    value = slope = 0
    at: int | None = None
    for bend in sorted(bends):
        if at is not None and bend > at:
            if bend > first and at <= last:
                yield Piece(at, min(bend - 1, last), value, slope)
            value += slope * (bend - at)
        slope += bends[bend]
        at = bend
    if at is not None and at <= last:
        yield Piece(at, last, value, slope)


def blocks(
    gaps: Iterable[Stretch], block: int, length: int, most: int, first: int, last: int
) -> Iterator[Piece]:
    """How many free blocks of `block` minutes [s, s + length) holds: each gap is cut to the window and gives whole blocks,
    `most` at the most. A gap gives its n-th block from when the window has come far enough, until it has gone too far."""
    jumps: Counter[int] = Counter()
    for start, end in gaps:
        for number in range(1, min(most, min(end - start, length) // block) + 1):
            jumps[start + block * number - length] += 1
            jumps[end - block * number + 1] -= 1
    jumps[first] += 0
    value = 0
    at: int | None = None
    for jump in sorted(jumps):
        if at is not None and jump > first and at <= last:
            yield Piece(at, min(jump - 1, last), value)
        value += jumps[jump]
        at = jump
    if at is not None and at <= last:
        yield Piece(at, last, value)
