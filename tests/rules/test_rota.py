"""Who is on call: tables, and a walk minute by minute over every clock change of 2024 to 2037."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcare_pwa.rules.rota import (
    NOBODY,
    OVERRIDE,
    ROTATION,
    LinePlan,
    OverridePlan,
    RotaPlan,
    RotationPlan,
    Shift,
    on_call_at,
    shift_at,
    shifts_between,
)  # fmt: skip
from webcare_pwa.rules.wall_time import AMSTERDAM, instant, parse, wall

LINE = "first_line"
MINUTE = timedelta(minutes=1)
SAMIRA, TOM, PIETER = 1, 2, 3


def rota(*rotations: RotationPlan, overrides: tuple[OverridePlan, ...] = (), allowed: set[int] | None = None) -> RotaPlan:
    return RotaPlan({LINE: LinePlan(rotations, overrides)}, frozenset(allowed) if allowed else None)


def moved(number: int, person: int, start: str, end: str) -> OverridePlan:
    return OverridePlan(number, person, parse(start), parse(end))


def spans(shifts: list[Shift]) -> list[tuple[int | None, str, str]]:
    return [(each.person_id, f"{wall(each.starts_at):%m-%d %H:%M}", f"{wall(each.ends_at):%m-%d %H:%M}") for each in shifts]


WEEKLY = RotationPlan((SAMIRA, TOM), date(2026, 11, 23), time(8))


@pytest.mark.parametrize(
    ("at", "person"),
    [
        ("2026-11-23T07:59", None),
        ("2026-11-23T08:00", SAMIRA),
        ("2026-11-28T02:10", SAMIRA),
        ("2026-11-30T07:59", SAMIRA),
        ("2026-11-30T08:00", TOM),
        ("2026-12-07T08:00", SAMIRA),
        ("2030-11-25T08:00", TOM),
    ],
)
def test_weekly(at: str, person: int | None) -> None:
    assert on_call_at(rota(WEEKLY), LINE, parse(at)) == person


def test_unknown_line_is_nobody() -> None:
    start, end = parse("2026-11-23T08:00"), parse("2026-11-24T08:00")
    assert shifts_between(rota(WEEKLY), "backup", start, end) == [Shift("backup", None, start, end, NOBODY)]
    assert shifts_between(rota(WEEKLY), LINE, end, start) == []


def test_first_listed_active_rotation_wins() -> None:
    plan = rota(RotationPlan((PIETER,), date(2026, 11, 26), time(17), ends_on=date(2026, 11, 27)), WEEKLY)
    assert spans(shifts_between(plan, LINE, parse("2026-11-25T08:00"), parse("2026-12-01T08:00"))) == [
        (SAMIRA, "11-25 08:00", "11-26 17:00"),
        (PIETER, "11-26 17:00", "11-27 17:00"),
        (SAMIRA, "11-27 17:00", "11-30 08:00"),
        (TOM, "11-30 08:00", "12-01 08:00"),
    ]


def test_two_weeks_a_turn() -> None:
    plan = rota(RotationPlan((SAMIRA, TOM), date(2026, 11, 23), time(8), weeks=2))
    assert [on_call_at(plan, LINE, parse(f"2026-{day}T12:00")) for day in ("12-06", "12-07", "12-21")] == [1, 2, 1]


def test_a_rotation_that_is_empty_or_ends_before_it_starts_is_not_active() -> None:
    never = RotationPlan((PIETER,), date(2026, 11, 26), time(8), ends_on=date(2026, 11, 26))
    plan = rota(RotationPlan((), date(2026, 1, 1), time(8)), never, WEEKLY)
    assert on_call_at(plan, LINE, parse("2026-11-28T02:10")) == SAMIRA


def test_latest_override_wins_whatever_the_order() -> None:
    overrides = (
        moved(2, PIETER, "2026-11-28T12:00", "2026-11-28T18:00"),
        moved(1, TOM, "2026-11-28T08:00", "2026-11-28T20:00"),
        moved(3, SAMIRA, "2026-11-28T17:00", "2026-11-28T19:00"),
    )
    expected = [
        (SAMIRA, "11-28 07:00", "11-28 08:00"),
        (TOM, "11-28 08:00", "11-28 12:00"),
        (PIETER, "11-28 12:00", "11-28 17:00"),
        (SAMIRA, "11-28 17:00", "11-28 19:00"),
        (TOM, "11-28 19:00", "11-28 20:00"),
        (SAMIRA, "11-28 20:00", "11-28 21:00"),
    ]
    for order in (overrides, overrides[::-1]):
        plan = rota(WEEKLY, overrides=order)
        shifts = shifts_between(plan, LINE, parse("2026-11-28T07:00"), parse("2026-11-28T21:00"))
        assert spans(shifts) == expected
        assert [each.source for each in shifts] == [ROTATION, *[OVERRIDE] * 4, ROTATION]


def test_a_hidden_override_cuts_nothing() -> None:
    plan = rota(
        WEEKLY,
        overrides=(
            moved(1, TOM, "2026-11-28T10:00", "2026-11-28T12:00"),
            moved(2, PIETER, "2026-11-28T09:00", "2026-11-28T13:00"),
        ),
    )
    whole = shift_at(plan, LINE, parse("2026-11-28T11:00"))
    assert (whole.person_id, whole.starts_at, whole.ends_at) == (
        PIETER, parse("2026-11-28T09:00"), parse("2026-11-28T13:00"),
    )  # fmt: skip


def test_who_may_not_stand_leaves_a_hole_that_an_override_fills() -> None:
    plan = rota(WEEKLY, overrides=(moved(1, TOM, "2026-11-28T00:00", "2026-11-29T00:00"),), allowed={TOM})
    assert on_call_at(plan, LINE, parse("2026-11-27T02:10")) is None
    assert shift_at(plan, LINE, parse("2026-11-27T02:10")).planned_id == SAMIRA
    assert on_call_at(plan, LINE, parse("2026-11-28T02:10")) == TOM


@pytest.mark.parametrize(
    ("day", "hand_off", "hours"),
    [
        (
            date(2026, 3, 29),
            datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
            7 * 24,
        ),  # 02:30 does not exist: 03:30 summer time
        (date(2026, 4, 5), datetime(2026, 4, 5, 0, 30, tzinfo=UTC), 7 * 24 - 1),
        (date(2026, 10, 25), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 7 * 24),  # 02:30 comes twice: the first
        (date(2026, 11, 1), datetime(2026, 11, 1, 1, 30, tzinfo=UTC), 7 * 24 + 1),
    ],
)
def test_hand_off_at_half_past_two(day: date, hand_off: datetime, hours: int) -> None:
    """`hours` is the length of the shift that this hand-off ends."""
    plan = rota(RotationPlan((SAMIRA, TOM), date(2026, 1, 4), time(2, 30)))
    before, after = shift_at(plan, LINE, hand_off - MINUTE), shift_at(plan, LINE, hand_off)
    assert before.ends_at == after.starts_at == hand_off
    assert {before.person_id, after.person_id} == {SAMIRA, TOM}
    assert before.ends_at - before.starts_at == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-29T02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25T02:30+01:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("2026-11-28", datetime(2026, 11, 27, 23, 0, tzinfo=UTC)),
    ],
)
def test_reading_wall_time(text: str, moment: datetime) -> None:
    assert parse(text) == moment


def test_easter_monday_2027_follows_the_switch_night() -> None:
    plan = rota(RotationPlan((SAMIRA, TOM), date(2027, 3, 22), time(8)))
    found = shifts_between(plan, LINE, parse("2027-03-22T08:00"), parse("2027-04-05T08:00"))
    assert [each.ends_at - each.starts_at for each in found] == [timedelta(hours=167), timedelta(hours=168)]


# -- the walk ---------------------------------------------------------------------------------------------------------


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
    for _ in range(12):
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
