"""R2a and R2b, boundary by boundary (5:9(2)), and elapsed hours over a clock change (T1)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.rules.law.made import breach, duty_week, found, leave, office, rotation, rules, shifts, standby
from webcare_pwa.rules.law.free_blocks import DAY, TWO_DAYS, WINDOW
from webcare_pwa.rules.law.minutes import gaps, minute, union
from webcare_pwa.rules.law.person import Person, Span
from webcare_pwa.rules.law.windows import blocks
from webcare_pwa.rules.wall_time import parse

WEEK_ONE, WEEK_THREE = "2027-01-04 08:00 / 2027-01-11 08:00", "2027-01-18 08:00 / 2027-01-25 08:00"
LATE_WEEK_ONE = "2027-01-04 08:00 / 2027-01-11 09:00"
EVERY_MONDAY = [f"2027-{month:02}-{day:02}" for month, days in ((1, (4, 11, 18, 25)), (2, (1, 8, 15, 22))) for day in days]


def blocks_from(start: str, busy: Sequence[Span], block: int) -> int:
    """How many free blocks the 28 x 24 h from a moment hold."""
    at = minute(parse(start))
    free = gaps(union(each.stretch for each in busy), at - WINDOW, at + 2 * WINDOW)
    (piece,) = blocks(free, block, WINDOW, WINDOW // block, at, at)
    return piece.value


@pytest.mark.parametrize(("first", "blocks"), [(WEEK_ONE, 14), (LATE_WEEK_ONE, 13)])
def test_r2a_from_the_start_of_a_duty(first: str, blocks: int) -> None:
    person = Person("x", standby=standby(first, WEEK_THREE))
    assert blocks_from("2027-01-04 08:00", person.standby, DAY) == blocks
    errors = [each for each in found(person, free_window_levels="duty_start") if each.severity == "error"]
    assert [(each.rule, each.measured, each.allowed) for each in errors] == ([] if blocks == 14 else [("R2a", 13, 14)])


def test_r2a_read_literally_week_on_week_off_is_an_error_and_loosely_a_warning() -> None:
    person = Person("x", standby=rotation("2027-01-04", 2, 12))
    assert blocks_from("2027-01-18 17:00", person.standby, DAY) == 14
    strict, loose = breach(person, "R2a"), breach(person, "R2a", free_window_levels="duty_start")
    assert strict is not None and (strict.severity, strict.measured) == ("error", 13)
    assert loose is not None and (loose.severity, loose.measured) == ("warning", 13)


@pytest.mark.parametrize(("one_in", "least"), [(3, 14), (4, 20)])
def test_r2a_a_rotation_by_the_week_at_its_worst_start(one_in: int, least: int) -> None:
    person = Person("x", standby=rotation("2027-01-04", one_in, 12))
    assert "R2a" not in rules(person, free_24h_blocks_per_28d=least)
    it = breach(person, "R2a", free_24h_blocks_per_28d=least + 1)
    assert it is not None and it.measured == least


def test_r2a_monday_to_thursday_nights_feel_light_and_leave_twelve_blocks() -> None:
    nights = tuple(each for monday in EVERY_MONDAY for each in duty_week(monday)[:4])
    assert blocks_from("2027-01-11 17:00", nights, DAY) == 12
    assert "R2a" in rules(Person("x", standby=nights), free_window_levels="duty_start")


def test_every_weekend_passes_r2a_and_breaks_r2b() -> None:
    person = Person("x", standby=tuple(duty_week(monday)[4] for monday in EVERY_MONDAY), work=office("2027-01-04", 8))
    assert blocks_from("2027-01-15 17:00", person.standby, DAY) == 16
    assert blocks_from("2027-01-15 17:00", person.standby + person.work, TWO_DAYS) == 0
    assert rules(person, "2027-01-29 17:00 / 2027-01-29 17:01", free_window_levels="duty_start") == {"R2b"}


def test_r2b_every_other_weekend_has_two_from_the_start_of_a_duty() -> None:
    weekends = tuple(duty_week(monday)[4] for monday in ("2027-01-04", "2027-01-18", "2027-02-01", "2027-02-15", "2027-03-01"))
    person = Person("x", standby=weekends, work=office("2027-01-04", 9))
    assert blocks_from("2027-01-22 17:00", person.standby + person.work, TWO_DAYS) == 2
    it = breach(person, "R2b", free_window_levels="duty_start")
    assert it is not None and (it.severity, it.measured) == ("warning", 1)


@pytest.mark.parametrize(("saturday", "periods"), [("08:00", 2), ("08:01", 1)])
def test_r2b_48_hours_to_the_minute(saturday: str, periods: int) -> None:
    busy = standby(f"2026-12-01 08:00 / 2027-01-09 {saturday}", "2027-01-11 08:00 / 2027-01-16 08:00",
                   "2027-01-18 08:00 / 2027-02-20 08:00")
    assert blocks_from("2027-01-04 08:00", busy, TWO_DAYS) == periods


def test_r2b_any_work_ends_the_block() -> None:
    weekend = standby("2027-01-15 17:00 / 2027-01-18 08:00", "2027-02-12 17:00 / 2027-02-15 08:00")
    work = office("2027-01-04", 8)
    favours = shifts("2027-01-23 12:00 / 13:00", "2027-01-31 12:00 / 13:00")
    inside = "2027-01-15 17:00 / 2027-02-12 17:00"
    assert "R2b" not in rules(Person("x", standby=weekend, work=work), inside)
    assert "R2b" in rules(Person("x", standby=weekend, work=work + favours), inside)


def test_r2b_a_gap_of_96_hours_is_two_unless_set_otherwise() -> None:
    person = Person("x", standby=standby("2026-12-01 08:00 / 2027-01-09 08:00", "2027-01-13 08:00 / 2027-02-20 08:00"))
    assert blocks_from("2027-01-01 08:00", person.standby, TWO_DAYS) == 2
    short = Person("x", standby=standby("2026-12-01 08:00 / 2027-01-09 08:00", "2027-01-13 07:59 / 2027-02-20 08:00"))
    assert blocks_from("2027-01-01 08:00", short.standby, TWO_DAYS) == 1
    week_off = Person("x", standby=standby("2027-01-01 08:00 / 2027-01-09 08:00", "2027-01-16 08:00 / 2027-01-24 08:00"))
    inside = "2027-01-12 08:00 / 2027-01-12 08:01"
    assert "R2b" not in rules(week_off, inside)
    assert "R2b" in rules(week_off, inside, two_48h_must_be_separate=True, free_48h_periods_per_28d=3)


@pytest.mark.parametrize(("start", "end", "blocks"), [
    ("2027-03-27 08:00", "2027-03-28 08:00", 0), ("2027-10-30 08:00", "2027-10-31 08:00", 1),
])  # fmt: skip
def test_t1_a_day_of_23_hours_is_no_block_and_one_of_25_is(start: str, end: str, blocks: int) -> None:
    busy = standby(f"2026-12-01 08:00 / {start}", f"{end} / 2028-01-20 08:00")
    assert blocks_from(f"{start[:8]}15 08:00", busy, DAY) == blocks


def test_leave_is_no_work_for_the_long_free_time() -> None:
    weekends = tuple(duty_week(monday)[4] for monday in EVERY_MONDAY)
    person = Person("x", standby=weekends, work=office("2027-01-04", 8))
    away = Person("x", standby=weekends, work=person.work,
                  leave=(leave("2027-01-18 00:00 / 2027-01-23 00:00"), leave("2027-01-25 00:00 / 2027-01-30 00:00")))
    middle = "2027-01-26 12:00 / 2027-01-26 12:01"
    assert breach(person, "R2b", middle, free_48h_periods_per_28d=2) is not None
    assert blocks_from("2027-01-15 17:00", weekends, TWO_DAYS) == 8
    assert not [each for each in found(away, middle, free_window_levels="duty_start")
                if each.rule == "R2b" and each.severity == "error"]


def test_a_person_without_standby_has_no_such_rule() -> None:
    assert rules(Person("x", work=office("2027-01-04", 8, days=6))) <= {"REST_WEEKLY"}


@pytest.mark.parametrize(("begins", "blocks"), [("2027-03-29 17:00", 14), ("2027-03-29 08:00", 13)])
def test_easter_monday_2027_follows_the_clock_change(begins: str, blocks: int) -> None:
    """Duty weeks of 8 and 29 March: 14 days and 9 hours lie between, less the hour of the clock; but Easter Monday is a
    holiday, so the second week begins at 08:00 and 13 days and 23 hours are left. A count of days would not see it."""
    second = (*standby(f"{begins} / 2027-03-30 08:00"), *duty_week("2027-03-29")[1:])
    person = Person("x", standby=(*duty_week("2027-03-08"), *second))
    assert blocks_from("2027-03-08 17:00", person.standby, DAY) == blocks
    it = breach(person, "R2a", free_window_levels="duty_start")
    assert (it.measured if it else None) == (13 if blocks == 13 else None)
    assert ("R2a" in rules(person)) is (blocks == 13)
