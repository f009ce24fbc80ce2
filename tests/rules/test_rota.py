"""Who is on call: tables of cases."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from webcare_pwa.rules.rota import NOBODY, OVERRIDE, ROTATION, Shift, on_call_at, shift_at, shifts_between
from webcare_pwa.rules.rota_plan import LinePlan, OverridePlan, RotaPlan, RotationPlan
from webcare_pwa.rules.wall_time import parse, wall

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
    plan = rota(RotationPlan((PIETER,), date(2026, 11, 26), time(17), ends=datetime(2026, 11, 27, 17)), WEEKLY)
    assert spans(shifts_between(plan, LINE, parse("2026-11-25T08:00"), parse("2026-12-01T08:00"))) == [
        (SAMIRA, "11-25 08:00", "11-26 17:00"),
        (PIETER, "11-26 17:00", "11-27 17:00"),
        (SAMIRA, "11-27 17:00", "11-30 08:00"),
        (TOM, "11-30 08:00", "12-01 08:00"),
    ]


def test_two_weeks_a_turn() -> None:
    plan = rota(RotationPlan((SAMIRA, TOM), date(2026, 11, 23), time(8), every=2))
    assert [on_call_at(plan, LINE, parse(f"2026-{day}T12:00")) for day in ("12-06", "12-07", "12-21")] == [1, 2, 1]


def test_a_rotation_that_is_empty_or_ends_before_it_starts_is_not_active() -> None:
    never = RotationPlan((PIETER,), date(2026, 11, 26), time(8), ends=datetime(2026, 11, 26, 8))
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
