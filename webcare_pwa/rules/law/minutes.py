"""Time as whole minutes since 1970 UTC: elapsed time is then plain arithmetic. Stretches are half-open pairs of minutes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

Stretch = tuple[int, int]


def minute(moment: datetime) -> int:
    """The minute of an aware moment. Raises ValueError without time zone or with seconds."""
    if moment.tzinfo is None or moment.second or moment.microsecond:
        raise ValueError("needs a time zone and whole minutes")
    return int(moment.timestamp()) // 60


def moment(at: int) -> datetime:
    """The same minute as UTC."""
    return datetime.fromtimestamp(at * 60, UTC)


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """In order, overlapping and touching ones joined."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            if end > joined[-1][1]:
                joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def gaps(stretches: Iterable[Stretch], start: int, end: int) -> Iterator[Stretch]:
    """What of [start, end) is left between joined stretches."""
    at = start
    for left, right in stretches:
        if left > at:
            yield at, min(left, end)
        at = max(at, right)
        if at >= end:
            return
    if at < end:
        yield at, end


def minus(stretches: Sequence[Stretch], holes: Sequence[Stretch]) -> list[Stretch]:
    """What of joined stretches lies outside joined holes."""
    left: list[Stretch] = []
    place = 0
    for start, end in stretches:
        while place < len(holes) and holes[place][1] <= start:
            place += 1
        at, here = start, place
        while here < len(holes) and holes[here][0] < end:
            if holes[here][0] > at:
                left.append((at, holes[here][0]))
            at = max(at, holes[here][1])
            here += 1
        if at < end:
            left.append((at, end))
    return left


def common(stretches: Sequence[Stretch], others: Sequence[Stretch]) -> list[Stretch]:
    """What joined stretches have in common with other joined ones."""
    return minus(stretches, minus(stretches, others))


def total(stretches: Iterable[Stretch]) -> int:
    """Minutes together."""
    return sum(end - start for start, end in stretches)


def within(at: int, stretches: Sequence[Stretch]) -> bool:
    """Does a minute lie in one of joined stretches?"""
    place = bisect_right(stretches, at, key=_start) - 1
    return place >= 0 and at < stretches[place][1]


def meets(stretch: Stretch, stretches: Sequence[Stretch]) -> bool:
    """Has a stretch a minute in common with joined ones?"""
    place = bisect_left(stretches, stretch[1], key=_start) - 1
    return place >= 0 and stretches[place][1] > stretch[0]


def _start(stretch: Stretch) -> int:
    return stretch[0]
