"""Who is on call over the clock changes: a walk minute by minute over every one of 2024 to 2037."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcare_pwa.rules.rota import Shift, on_call_at, shift_at, shifts_between
from webcare_pwa.rules.rota_plan import LinePlan, OverridePlan, RotaPlan, RotationPlan
from webcare_pwa.rules.wall_time import AMSTERDAM, instant

LINE = "first_line"
MINUTE = timedelta(minutes=1)


def changes() -> Iterator[datetime]:
    """The UTC hour of each clock change of 2024 to 2037."""
    for year in range(2024, 2038):
        for month in (3, 10):
            last = date(year, month, 31)
            sunday = last - timedelta(days=(last.weekday() + 1) % 7)
            yield datetime(year, month, sunday.day, 1, tzinfo=UTC)


def test_the_changes_are_changes() -> None:
    found = list(changes())
    assert len(found) == 28
    for each in found:
        assert each.astimezone(AMSTERDAM).utcoffset() != (each - MINUTE).astimezone(AMSTERDAM).utcoffset()


def random_plan(chance: random.Random, around: datetime) -> RotaPlan:
    """One or two weekly rotations whose hand-offs fall in the nights of the change, and overrides across them."""
    rotations = tuple(
        RotationPlan(
            members=tuple(chance.sample(range(9), chance.randint(1, 4))),
            starts_on=around.date() - timedelta(days=7 * chance.randint(0, 90) + chance.randint(-2, 2)),
            handoff=time(chance.choice((0, 1, 2, 2, 2, 3, 8, 17)), chance.choice((0, 15, 30, 59))),
            weeks=chance.randint(1, 2),
            ends_on=chance.choice((None, None, around.date() + timedelta(days=chance.randint(-1, 1)))),
        )
        for _ in range(chance.randint(1, 2))
    )
    overrides = tuple(
        OverridePlan(number, chance.randrange(9), start, start + chance.randint(1, 3000) * MINUTE)
        for number in range(chance.randint(0, 6))
        for start in (around + chance.randint(-2000, 2000) * MINUTE,)
    )
    allowed = frozenset(range(9)) if chance.random() < 0.5 else frozenset(chance.sample(range(9), 6))
    return RotaPlan({LINE: LinePlan(rotations, overrides)}, allowed)


def slow_twin(plan: RotaPlan, at: datetime, turns: list[list[tuple[datetime, int]]]) -> int | None:
    """The answer from the words of the rule, with nothing clever: look through everything."""
    lane = plan.lines[LINE]
    person: int | None = None
    covering = [each for each in lane.overrides if each.starts_at <= at < each.ends_at]
    if covering:
        person = max(covering, key=lambda each: each.number).person_id
    else:
        for rotation, starts in zip(lane.rotations, turns, strict=True):
            ended = rotation.ends_on and at >= instant(rotation.ends_on, rotation.handoff)
            begun = [member for start, member in starts if start <= at]
            if begun and not ended:
                person = begun[-1]
                break
    return person if plan.allowed is not None and person in plan.allowed else None


def hand_offs(rotation: RotationPlan, until: datetime) -> list[tuple[datetime, int]]:
    """Every hand-off up to a moment, one after the other."""
    found = []
    day, number = rotation.starts_on, 0
    while day <= until.date() + timedelta(days=1):
        found.append((instant(day, rotation.handoff), rotation.members[number % len(rotation.members)]))
        day, number = day + timedelta(weeks=rotation.weeks), number + 1
    return found


@pytest.mark.parametrize("change", list(changes()), ids=lambda each: f"{each:%Y-%m}")
def test_walk_minute_by_minute(change: datetime) -> None:
    chance = random.Random(change.toordinal())  # noqa: S311
    start, end = change - timedelta(hours=36), change + timedelta(hours=36)
    for _ in range(6):
        plan = random_plan(chance, change)
        turns = [hand_offs(rotation, end) for rotation in plan.lines[LINE].rotations]
        shifts = shifts_between(plan, LINE, start, end)
        assert shifts[0].starts_at == start
        assert shifts[-1].ends_at == end
        assert all(before.ends_at == after.starts_at for before, after in pairwise(shifts))
        assert sum((each.ends_at - each.starts_at for each in shifts), timedelta()) == end - start
        listed = iter(shifts)
        shift = next(listed)
        for minute in range(int((end - start) / MINUTE)):
            at = start + minute * MINUTE
            if at == shift.ends_at:
                shift = next(listed)
            assert shift.person_id == on_call_at(plan, LINE, at) == slow_twin(plan, at, turns), at


SEEDS = st.integers(0, 2**32)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2037, 12, 1)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)


@settings(deadline=None)
@given(SEEDS, MOMENTS, st.integers(1, 60 * 24 * 60))
def test_shifts_fill_any_stretch_and_agree_with_who(seed: int, start: datetime, minutes: int) -> None:
    plan = random_plan(random.Random(seed), start + minutes * MINUTE / 2)  # noqa: S311
    end = start + minutes * MINUTE
    shifts = shifts_between(plan, LINE, start, end)
    assert [start, *(each.ends_at for each in shifts)] == [*(each.starts_at for each in shifts), end]
    for each in shifts:
        assert each.starts_at < each.ends_at
        for at in (each.starts_at, each.starts_at + (each.ends_at - each.starts_at) / 2, each.ends_at - MINUTE):
            whole = shift_at(plan, LINE, at)
            assert on_call_at(plan, LINE, at) == each.person_id
            assert whole.starts_at <= each.starts_at < each.ends_at <= whole.ends_at
            assert shift_at(plan, LINE, whole.starts_at) == whole == shift_at(plan, LINE, whole.ends_at - MINUTE)


@given(SEEDS, MOMENTS, st.integers(0, 5000), st.integers(0, 5000))
def test_cutting_a_stretch_in_two_changes_nobody(seed: int, start: datetime, first: int, second: int) -> None:
    plan = random_plan(random.Random(seed), start)  # noqa: S311
    middle, end = start + first * MINUTE, start + (first + second) * MINUTE
    minutes = range(0, first + second, 97)
    halves = shifts_between(plan, LINE, start, middle) + shifts_between(plan, LINE, middle, end)
    whole = shifts_between(plan, LINE, start, end)

    def who(shifts: list[Shift], at: datetime) -> int | None:
        return next(each.person_id for each in shifts if each.starts_at <= at < each.ends_at)

    assert [who(halves, start + n * MINUTE) for n in minutes] == [who(whole, start + n * MINUTE) for n in minutes]
