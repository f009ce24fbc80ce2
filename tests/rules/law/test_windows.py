"""Windows from any minute against trying every minute, and joined stretches against sets of minutes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from webcare_pwa.rules.law.days import day_of
from webcare_pwa.rules.law.finding import Finding, merged
from webcare_pwa.rules.law.minutes import Stretch, common, gaps, meets, minus, moment, total, union, within
from webcare_pwa.rules.law.windows import blocks, sums
from webcare_pwa.rules.wall_time import wall

STRETCH = st.tuples(st.integers(0, 120), st.integers(1, 60)).map(lambda pair: (pair[0], pair[0] + pair[1]))
STRETCHES = st.lists(STRETCH, max_size=8)


def minutes_of(stretches: list[Stretch]) -> set[int]:
    return {at for start, end in stretches for at in range(start, end)}


@given(STRETCHES, STRETCHES)
def test_joining_and_taking_away_are_those_of_sets(some: list[Stretch], others: list[Stretch]) -> None:
    one, other = union(some), union(others)
    assert minutes_of(one) == minutes_of(some)
    assert all(left[1] < right[0] for left, right in pairwise(one))
    assert minutes_of(minus(one, other)) == minutes_of(some) - minutes_of(others)
    assert minutes_of(common(one, other)) == minutes_of(some) & minutes_of(others)
    assert minutes_of(list(gaps(one, 10, 90))) == set(range(10, 90)) - minutes_of(some)
    assert total(one) == len(minutes_of(some))
    assert {at for at in range(200) if within(at, one)} == minutes_of(some)
    assert [meets(each, one) for each in others] == [bool(minutes_of([each]) & minutes_of(some)) for each in others]


@given(STRETCHES, st.integers(1, 70), st.integers(-80, 60), st.integers(0, 150), st.lists(st.integers(-90, 200), max_size=4))
def test_sums_are_those_of_every_minute(found: list[Stretch], length: int, first: int, more: int, cuts: list[int]) -> None:
    last = first + more
    told = {}
    for piece in sums(found, length, first, last, cuts):
        assert not any(piece.first < cut <= piece.last for cut in cuts)
        for at in range(piece.first, piece.last + 1):
            assert at not in told
            told[at] = piece.value + piece.slope * (at - piece.first)
    assert told == {
        at: sum(max(0, min(end, at + length) - max(start, at)) for start, end in found) for at in range(first, last + 1)
    }


@given(STRETCHES, st.integers(1, 70), st.integers(0, 60))
def test_what_is_above_a_limit_is_found_to_the_minute(found: list[Stretch], length: int, limit: int) -> None:
    for piece in sums(found, length, -80, 200):
        values = {at: piece.value + piece.slope * (at - piece.first) for at in range(piece.first, piece.last + 1)}
        expected = {at: value for at, value in values.items() if value > limit}
        high = piece.above(limit)
        assert (list(range(high.first, high.last + 1)) if high else []) == list(expected)
        if high:
            most = max(expected.values())
            assert high.most == (most, min(at for at, value in expected.items() if value == most))


@given(STRETCHES, st.integers(1, 15), st.integers(15, 70), st.integers(1, 5), st.integers(-60, 60), st.integers(0, 100))
def test_free_blocks_are_those_of_every_minute(
    busy: list[Stretch], block: int, length: int, most: int, first: int, more: int
) -> None:
    last = first + more
    free = list(gaps(union(busy), first - length, last + 2 * length))
    told = {at: piece.value for piece in blocks(free, block, length, most, first, last)
            for at in range(piece.first, piece.last + 1)}
    for at in range(first, last + 1):
        clipped = (max(0, min(end, at + length) - max(start, at)) // block for start, end in free)
        assert told[at] == sum(min(most, each) for each in clipped)
    assert len(told) == more + 1


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=10))
def test_overlapping_windows_are_one_breach_and_the_worst_is_shown(windows: list[tuple[int, int]]) -> None:
    length = 7
    found = [Finding("R4", start, start + length, value, 0) for start, value in windows]
    chains = list(merged(found))
    covered = minutes_of([(start, start + length) for start, _ in windows])
    assert minutes_of([(each.since, each.until) for each in chains]) == covered
    assert all(left.until <= right.since for left, right in pairwise(chains))
    for chain in chains:
        inside = [(value, -start) for start, value in windows if chain.since <= start < chain.until]
        assert (chain.measured, -chain.starts) == max(inside)


@given(st.integers(0, 60 * 366 * 24 * 60))
def test_the_local_day_of_a_minute(at: int) -> None:
    assert day_of(at) == wall(moment(at)).toordinal()
