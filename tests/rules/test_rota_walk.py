"""Who is on call over the clock changes: a walk minute by minute over every one of 2024 to 2037, against the slow judge; and
what must hold of every rota at any time, through random edits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.random_rotas import LINES, MINUTE, RandomRota, changes
from tests.rules.rota_judge import AMSTERDAM, Judge
from webcare_pwa.rules.rota import Shift, expand, on_call_at, shift_at, shifts_between
from webcare_pwa.rules.rota_plan import RotaPlan


def test_the_changes_are_changes() -> None:
    assert len(changes()) == 28
    for each in changes():
        assert each.astimezone(AMSTERDAM).utcoffset() != (each - MINUTE).astimezone(AMSTERDAM).utcoffset()


def walk(plan: RotaPlan, start: datetime, end: datetime) -> None:
    """Every minute: the judge, who-is-on and the expanded shifts say the same."""
    for line, shifts in expand(plan, start, end).items():
        assert_joined(shifts, start, end)
        judge = Judge(plan, line, start, end)
        for shift in shifts:
            for minute in range((shift.ends_at - shift.starts_at) // MINUTE):
                at = shift.starts_at + minute * MINUTE
                assert shift.person_id == on_call_at(plan, line, at) == judge.who(at), (line, at, shift)


def assert_joined(shifts: list[Shift], start: datetime, end: datetime) -> None:
    """No gap and no overlap, and the sum is the elapsed time."""
    assert shifts[0].starts_at == start
    assert shifts[-1].ends_at == end
    assert all(before.ends_at == after.starts_at for before, after in pairwise(shifts))
    assert all((before.person_id, before[4:]) != (after.person_id, after[4:]) for before, after in pairwise(shifts))
    assert sum((each.ends_at - each.starts_at for each in shifts), timedelta()) == end - start


@pytest.mark.parametrize("change", changes(), ids=lambda each: f"{each:%Y-%m}")
def test_walk_minute_by_minute(change: datetime) -> None:
    for seed in range(2):
        plan = RandomRota(change.toordinal() * 100 + seed, change).plan()
        walk(plan, change - timedelta(hours=30), change + timedelta(hours=30))


SEEDS = st.integers(0, 2**32)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2037, 12, 1)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)


@settings(deadline=None)
@given(SEEDS, MOMENTS, st.integers(1, 60 * 24 * 60))
def test_shifts_fill_any_stretch_and_agree_with_who(seed: int, start: datetime, minutes: int) -> None:
    end = start + minutes * MINUTE
    plan = RandomRota(seed, start + minutes * MINUTE / 2).plan()
    for line in (*LINES, "no such line"):
        shifts = shifts_between(plan, line, start, end)
        assert_joined(shifts, start, end)
        for each in shifts:
            for at in (each.starts_at, each.starts_at + (each.ends_at - each.starts_at) / 2, each.ends_at - MINUTE):
                whole = shift_at(plan, line, at)
                assert on_call_at(plan, line, at) == each.person_id
                assert whole.starts_at <= each.starts_at < each.ends_at <= whole.ends_at
                assert shift_at(plan, line, whole.starts_at) == whole == shift_at(plan, line, whole.ends_at - MINUTE)


@given(SEEDS, MOMENTS, st.integers(0, 5000), st.integers(0, 5000))
@settings(deadline=None)
def test_cutting_a_stretch_in_two_changes_nobody(seed: int, start: datetime, first: int, second: int) -> None:
    plan = RandomRota(seed, start).plan()
    middle, end = start + first * MINUTE, start + (first + second) * MINUTE
    minutes = range(0, first + second, 97)
    for line in LINES:
        halves = shifts_between(plan, line, start, middle) + shifts_between(plan, line, middle, end)
        whole = shifts_between(plan, line, start, end)

        def who(shifts: list[Shift], at: datetime) -> int | None:
            return next(each.person_id for each in shifts if each.starts_at <= at < each.ends_at)

        assert [who(halves, start + n * MINUTE) for n in minutes] == [who(whole, start + n * MINUTE) for n in minutes]


def check_edits(seed: int, edits: int) -> None:
    """After each random edit: who = shifts = judge at random moments, and the shifts join up."""
    change = changes()[seed % 28]
    made = RandomRota(seed, change)
    plan = made.plan()
    start, end = change - timedelta(days=3), change + timedelta(days=3)
    for _ in range(edits):
        plan = made.edited(plan)
        line = made.chance.choice(LINES)
        shifts = shifts_between(plan, line, start, end)
        assert_joined(shifts, start, end)
        judge = Judge(plan, line, start, end)
        for shift in made.chance.choices(shifts, k=4):
            for at in (shift.starts_at, shift.ends_at - MINUTE):
                assert shift.person_id == on_call_at(plan, line, at) == shift_at(plan, line, at).person_id == judge.who(at), at


@pytest.mark.parametrize("seed", range(10))
def test_a_hundred_random_edits(seed: int) -> None:
    check_edits(seed, 100)
