"""R5, R6 and R8, boundary by boundary: hours per week and on average, counts of nights, rest after night calls."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from tests.rules.law.made import breach, calls, leave, office, rotation, rules, shifts, standby
from webcare_pwa.rules.law.days import starts
from webcare_pwa.rules.law.facts import Facts
from webcare_pwa.rules.law.minutes import moment
from webcare_pwa.rules.law.person import Person, Shift, Standby
from webcare_pwa.rules.law.settings import LawSettings
from webcare_pwa.rules.law.tally import tally
from webcare_pwa.rules.law.weeks import runs
from webcare_pwa.rules.wall_time import instant

MONDAY = date(2027, 1, 4)
SIXTEEN = "2027-01-04 00:00 / 2027-04-26 00:00"


def nights(number: int, monday: date = MONDAY) -> tuple[Standby, ...]:
    """Standby on so many nights of 16 weeks, 01:00 to 01:01, one a week (two on the last of seventeen)."""
    days = [monday + timedelta(days=7 * (each % 16) + 2 * (each // 16)) for each in range(number)]
    return tuple(Standby(instant(day, time(1)), instant(day, time(1, 1))) for day in days)


def work(minutes: int, weeks: int = 16) -> tuple[Shift, ...]:
    """So many minutes of work in the weeks, in five or six even shifts a week from 08:00."""
    days = [MONDAY + timedelta(days=7 * week + day) for week in range(weeks) for day in range(5)]
    share, left = divmod(minutes, len(days))
    lengths = [share + (place < left) for place in range(len(days))]
    return tuple(
        Shift(instant(day, time(8)), instant(day, time(8)) + timedelta(minutes=length))
        for day, length in zip(days, lengths, strict=True)
    )


@pytest.mark.parametrize(("number", "minutes", "expected"), [
    (16, 640 * 60, None), (16, 640 * 60 + 1, "R5"), (15, 700 * 60, None), (15, 768 * 60, None), (15, 768 * 60 + 1, "R8c"),
    (16, 768 * 60 + 1, "R5"), (0, 768 * 60, None), (0, 768 * 60 + 1, "R8c"),
])  # fmt: skip
def test_r5_and_r8c_the_average_of_16_weeks(number: int, minutes: int, expected: str | None) -> None:
    person = Person("x", standby=nights(number), work=work(minutes))
    assert rules(person, SIXTEEN) & {"R5", "R6a", "R6b", "R8c"} == ({expected} if expected else set())
    if expected:
        it = breach(person, expected, SIXTEEN)
        assert it is not None and it.measured == minutes


@pytest.mark.parametrize(("minutes", "expected"), [(720 * 60, None), (720 * 60 + 1, "R6b")])
def test_r6b_45_hours_when_the_rest_was_given(minutes: int, expected: str | None) -> None:
    person = Person("x", standby=nights(16), work=work(minutes))
    assert rules(person, SIXTEEN, use_45h_variant=True) & {"R5", "R6a", "R6b"} == ({expected} if expected else set())


@pytest.mark.parametrize(("minutes", "expected"), [
    (640 * 60, {"R6a"}), (640 * 60 + 1, {"R6a", "R5"}), (730 * 60, {"R6a", "R5"}),
])  # fmt: skip
def test_r6_without_the_rest_40_hours_is_the_norm(minutes: int, expected: set[str]) -> None:
    """A call at 05:50 and a shift at 08:00: the rest is missed once."""
    person = Person("x", standby=(*nights(16), *standby("2027-01-12 00:00 / 2027-01-12 08:00")), work=work(minutes - 30),
                    call_outs=calls("2027-01-12 05:50 / 06:20"))
    assert rules(person, SIXTEEN, use_45h_variant=True) & {"R5", "R6a", "R6b"} == expected


@pytest.mark.parametrize(("call", "shift", "rest"), [
    ("2027-01-05 03:10 / 03:40", "2027-01-05 11:40 / 20:00", None),
    ("2027-01-05 03:10 / 03:40", "2027-01-05 11:39 / 20:00", 479),
    ("2027-01-05 05:30 / 06:30", "2027-01-05 06:30 / 16:00", None),
    ("2027-01-05 05:30 / 06:30", "2027-01-05 06:30 / 16:01", 479),
    ("2027-01-05 05:50 / 06:20", "2027-01-05 08:00 / 17:00", 100),
    ("2027-01-05 05:50 / 06:00", "2027-01-05 06:00 / 15:00", None),
])  # fmt: skip
def test_r6a_rest_after_the_last_night_call(call: str, shift: str, rest: int | None) -> None:
    person = Person("x", standby=nights(16) + standby("2027-01-05 00:00 / 2027-01-05 08:00"), work=shifts(shift),
                    call_outs=calls(call))
    it = breach(person, "R6a", use_45h_variant=True)
    assert (it.measured if it else None) == rest
    assert "R6a" not in rules(person), "only when the employer chose the 45 hours"
    few = Person("x", standby=nights(14), work=person.work, call_outs=person.call_outs)
    assert "R6a" not in rules(few, use_45h_variant=True)


def test_r6a_a_later_call_ends_the_rest() -> None:
    person = Person("x", standby=nights(17), call_outs=calls("2027-01-05 03:10 / 03:40", "2027-01-05 09:00 / 09:30"))
    it = breach(person, "R6a", use_45h_variant=True)
    assert it is not None and it.measured == 320


@pytest.mark.parametrize(("one_in", "by_night", "by_period"), [
    (3, 42, 30), (4, 28, 21), (5, 28, 20), (6, 21, 15), (7, 21, 15), (8, 14, 11),
])  # fmt: skip
def test_r5_nights_of_a_rotation_by_the_week(one_in: int, by_night: int, by_period: int) -> None:
    duties = rotation("2027-01-04", one_in, 60)
    """The most in 16 weeks that begin on any day."""
    days = range(MONDAY.toordinal(), MONDAY.toordinal() + 60 * 7)
    for mode, most in (("nights", by_night), ("periods", by_period)):
        times = tally(Facts(Person("x", standby=duties), LawSettings(night_count_mode=mode), (0, 1)))
        assert max(times.count(starts(day), starts(day + 16 * 7)) for day in days) == most


@pytest.mark.parametrize(("end", "measured"), [("21:00", None), ("21:01", 3601)])
def test_r8b_60_hours_in_a_week(end: str, measured: int | None) -> None:
    """36 hours of office and 24 of call-outs."""
    outs = calls("2027-01-04 18:00 / 21:00", "2027-01-05 18:00 / 21:00", "2027-01-06 18:00 / 21:00", "2027-01-07 18:00 / 21:00",
                 f"2027-01-09 09:00 / {end}")
    work = office("2027-01-04", 1, days=4)
    it = breach(Person("x", work=work, call_outs=outs), "R8b")
    assert (it.measured if it else None) == measured


def test_r8b_one_minute_more() -> None:
    base = office("2027-01-04", 1, days=6, hours=(time(8), time(18)))  # 60:00
    assert "R8b" not in rules(Person("x", work=base))
    more = base[:-1] + shifts("2027-01-09 08:00 / 18:01")
    it = breach(Person("x", work=more), "R8b")
    assert it is not None and (it.measured, it.allowed) == (3601, 3600)


def test_r8b_the_week_begins_on_monday_or_whenever_set() -> None:
    """60 hours from Thursday to Wednesday, nothing else: two calendar weeks, one week of 7 x 24 hours."""
    work = shifts(*(f"2027-01-{day:02} 08:00 / 18:00" for day in (7, 8, 9, 10, 11, 12)), "2027-01-13 08:00 / 08:01")
    person = Person("x", work=work)
    assert "R8b" not in rules(person)
    assert "R8b" in rules(person, week_start="thursday")
    it = breach(person, "R8b", week_start="any")
    assert it is not None and it.measured == 3601


@pytest.mark.parametrize(("minutes", "broken"), [(220 * 60, False), (220 * 60 + 1, True)])
def test_r8d_55_hours_on_average_of_4_weeks(minutes: int, broken: bool) -> None:
    assert ("R8d" in rules(Person("x", work=work(minutes, 4)))) is broken


def test_r8e_leave_counts_as_hours_worked() -> None:
    """A 36 hour worker on holiday for a week: 36 hours, given or taken from the planned work; but it is no work."""
    planned = office("2027-01-04", 1, days=4)
    sunday = calls("2027-01-10 00:00 / 23:59", "2027-01-09 23:30 / 23:59")
    for away in ((leave("2027-01-04 00:00 / 2027-01-09 00:00"),), (leave("2027-01-04 00:00 / 2027-01-11 00:00", 2160),)):
        work = planned if away[0].minutes is None else ()
        it = breach(Person("x", work=work, leave=away, call_outs=sunday), "R8b")
        assert it is not None and it.measured == 2160 + 24 * 60 + 29
    assert "R8b" not in rules(Person("x", call_outs=sunday))


def test_leave_of_weeks_is_spread_over_its_days() -> None:
    away = (leave("2027-01-04 00:00 / 2027-02-01 00:00", 4 * 3600),)
    assert "R8b" not in rules(Person("x", leave=away))
    assert "R8d" in rules(Person("x", leave=away))


def test_part_timers_have_the_same_limits_unless_a_setting_says_so() -> None:
    person = Person("x", work=work(130 * 60, 4), part_time_percent=50)
    assert "R8d" not in rules(person)
    it = breach(person, "R8d", part_time_pro_rata=True)
    assert it is not None and it.allowed == 110 * 60


def test_the_runs_of_weeks_hold_the_clock_changes() -> None:
    """A week in March is 167 hours; runs begin and end at Monday 00:00 in Amsterdam."""
    start, end = starts(date(2027, 3, 22).toordinal()), starts(date(2027, 3, 29).toordinal())
    facts = Facts(Person("x"), LawSettings(), (start, end))
    assert list(runs(facts, 1)) == [(start, end)]
    assert end - start == 167 * 60
    assert moment(end).hour == 22
