"""5:9, boundary by boundary: R1, R3, R4, and how call-outs are counted (R7)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.law.made import breach, calls, rules, shifts, standby
from webcare_pwa.rules.law.calls import counted
from webcare_pwa.rules.law.person import Person
from webcare_pwa.rules.law.settings import LawSettings


@pytest.mark.parametrize(("start", "broken"), [("2027-02-01 00:00", False), ("2027-01-31 23:00", True)])
def test_r1_age(start: str, broken: bool) -> None:
    person = Person("x", standby=standby(f"{start} / 2027-02-02 08:00"), birth_date=date(2009, 2, 1))
    it = breach(person, "R1")
    assert (it is not None) is broken
    if it:
        assert (it.measured, it.allowed) == (17, 18)


def test_r1_born_on_29_february_is_eighteen_on_1_march() -> None:
    on = Person("x", standby=standby("2026-03-01 00:00 / 2026-03-02 08:00"), birth_date=date(2008, 2, 29))
    before = Person("x", standby=standby("2026-02-28 23:00 / 2026-03-02 08:00"), birth_date=date(2008, 2, 29))
    assert (rules(on), rules(before)) == (set(), {"R1"})


@pytest.mark.parametrize(("duty", "broken"), [
    ("2027-01-10 08:00 / 2027-01-11 12:00", False), ("2027-01-10 08:00 / 2027-01-11 12:01", True),
    ("2027-01-12 21:00 / 2027-01-13 08:00", False), ("2027-01-12 20:59 / 2027-01-13 08:00", True),
])  # fmt: skip
def test_r3_around_a_night_shift(duty: str, broken: bool) -> None:
    person = Person("x", standby=standby(duty), night_shifts=shifts("2027-01-11 23:00 / 2027-01-12 07:00"))
    it = breach(person, "R3")
    assert (it is not None) is broken
    if it:
        assert it.measured == it.allowed - 1


def test_r3_work_of_more_than_an_hour_at_night_is_a_night_shift() -> None:
    duty = standby("2027-01-12 08:00 / 2027-01-13 08:00")
    assert "R3" not in rules(Person("x", standby=duty, work=shifts("2027-01-11 17:00 / 2027-01-12 01:00")))
    assert "R3" in rules(Person("x", standby=duty, work=shifts("2027-01-11 17:00 / 2027-01-12 01:01")))


def test_r3_a_night_call_is_no_night_shift_unless_set() -> None:
    person = Person("x", standby=standby("2027-01-11 17:00 / 2027-01-12 08:00"),
                    call_outs=calls("2027-01-12 01:00 / 03:00"))
    assert "R3" not in rules(person)
    assert "R3" in rules(person, night_callout_is_night_shift=True)


DAY_WORK = shifts("2027-01-05 08:00 / 12:00", "2027-01-05 13:00 / 17:00")
EVENING = standby("2027-01-05 17:00 / 2027-01-06 08:00")


@pytest.mark.parametrize(("outs", "measured"), [
    (("2027-01-05 18:00 / 21:00", "2027-01-05 23:00 / 2027-01-06 01:00"), None),
    (("2027-01-05 18:00 / 21:00", "2027-01-05 23:00 / 2027-01-06 01:01"), 781),
    (("2027-01-05 18:00 / 21:00", "2027-01-05 23:00 / 2027-01-06 01:00", "2027-01-06 02:00 / 02:05"), 810),
])  # fmt: skip
def test_r4_thirteen_hours(outs: tuple[str, ...], measured: int | None) -> None:
    it = breach(Person("x", standby=EVENING, work=DAY_WORK, call_outs=calls(*outs)), "R4")
    assert (it.measured if it else None) == measured


def test_r4_the_window_rolls_and_is_not_the_calendar_day() -> None:
    work = shifts("2027-01-05 13:00 / 20:00", "2027-01-05 22:00 / 23:59", "2027-01-06 06:00 / 12:00")
    it = breach(Person("x", standby=standby("2027-01-05 20:00 / 22:00"), work=work), "R4")
    assert it is not None and it.measured == 14 * 60 + 59
    assert "R4" not in rules(Person("x", work=work)), "a rule for who has standby"


@pytest.mark.parametrize(("outs", "minutes"), [
    (("2027-01-05 22:00 / 22:10",), [30]),
    (("2027-01-05 22:00 / 22:29",), [30]),
    (("2027-01-05 22:00 / 22:50",), [50]),
    (("2027-01-05 22:00 / 22:10", "2027-01-05 22:35 / 22:45"), [45]),
    (("2027-01-05 22:00 / 22:10", "2027-01-05 22:40 / 22:50"), [50]),
    (("2027-01-05 22:00 / 22:10", "2027-01-05 22:41 / 22:50"), [30, 30]),
])  # fmt: skip
def test_r7_what_a_call_out_counts_for(outs: tuple[str, ...], minutes: list[int]) -> None:
    assert [each.minutes for each in counted(calls(*outs), LawSettings())] == minutes
