"""When a shift is rehearsed, repeated and told: tables by hand, laws over the years, both nights on which the clock jumps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_pwa.rules.hours import duty_between
from webcare_pwa.rules.rehearsal import (
    AHEAD,
    FIRST,
    LATE,
    SECOND,
    Done,
    covers,
    due_at,
    is_quiet,
    must_tell,
    night_of,
    page_due,
    to_rehearse,
    told_at,
    turns,
)
from webcare_pwa.rules.rehearsal_wording import shift_sentence
from webcare_pwa.rules.rota_plan import LinePlan, OverridePlan, RotaPlan, RotationPlan
from webcare_pwa.rules.wall_time import parse, wall

SAMIRA, TOM, PIETER = 1, 2, 3
WEEK = {day: (time(8), time(17)) for day in range(5)}
MINUTE = timedelta(minutes=1)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2037, 12, 31)).map(lambda each: each.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("start", "first", "second", "told"),
    [
        ("2026-11-27T17:00", "2026-11-27T16:00", "2026-11-27T16:50", "2026-11-27T16:55"),
        ("2026-11-27T07:00", "2026-11-27T06:00", "2026-11-27T06:50", "2026-11-27T06:55"),
        ("2026-11-27T06:59", "2026-11-26T22:00", "2026-11-27T06:49", "2026-11-27T06:54"),
        ("2026-11-27T06:04", "2026-11-26T22:00", "2026-11-26T22:50", "2026-11-26T22:55"),
        ("2026-11-27T03:00", "2026-11-26T22:00", "2026-11-26T22:50", "2026-11-26T22:55"),
        ("2026-11-27T00:00", "2026-11-26T22:00", "2026-11-26T22:50", "2026-11-26T22:55"),
        ("2026-11-26T23:59", "2026-11-26T22:59", "2026-11-26T22:50", "2026-11-26T22:55"),
        ("2026-11-26T23:00", "2026-11-26T22:00", "2026-11-26T22:50", "2026-11-26T22:55"),
        # the night that has no 02:30, and the night that has it twice
        ("2027-03-28T03:30", "2027-03-27T22:00", "2027-03-27T22:50", "2027-03-27T22:55"),
        ("2027-03-28T06:30", "2027-03-27T22:00", "2027-03-28T06:20", "2027-03-28T06:25"),
        ("2026-10-25T02:30", "2026-10-24T22:00", "2026-10-24T22:50", "2026-10-24T22:55"),
        ("2026-10-25T06:30", "2026-10-24T22:00", "2026-10-25T06:20", "2026-10-25T06:25"),
    ],
)
def test_when_pages_go_out(start: str, first: str, second: str, told: str) -> None:
    begins = parse(start)
    assert (due_at(FIRST, begins), due_at(SECOND, begins), told_at(begins)) == (parse(first), parse(second), parse(told))


@given(moments)
def test_nothing_is_ever_due_in_the_quiet_hours_and_all_of_it_before_the_shift(start: datetime) -> None:
    for due in (due_at(FIRST, start), due_at(SECOND, start), told_at(start)):
        assert not is_quiet(due)
        assert start - AHEAD <= due < start


@given(moments, st.integers(0, 600), st.booleans(), st.booleans())
def test_no_page_is_due_in_the_quiet_hours(start: datetime, minutes: int, repeated: bool, sent: bool) -> None:
    now = start - timedelta(hours=8) + minutes * 2 * MINUTE
    done = Done(now - 30 * MINUTE if sent else None, repeated)
    number = page_due(start, now, done)
    assert number is None or not is_quiet(now)
    assert page_due(start, now, Done(done.first_at, repeated, confirmed=True)) is None


@pytest.mark.parametrize(
    ("now", "first_at", "repeated", "expected"),
    [
        ("15:59", "", False, None),
        ("16:00", "", False, FIRST),
        ("16:49", "16:00", False, None),
        ("16:50", "16:00", False, SECOND),
        ("16:55", "16:00", True, None),
        ("16:58", "", False, FIRST),  # the shift became his at the last minute
        ("17:01", "16:58", False, None),  # and he gets ten minutes
        ("17:08", "16:58", False, SECOND),
        ("18:30", "", False, FIRST),  # we stood still over the start
        ("18:30", "16:00", False, SECOND),
        ("22:59", "", False, FIRST),
        ("23:00", "", False, None),  # quiet
    ],
)
def test_which_page_is_due(now: str, first_at: str, repeated: bool, expected: int | None) -> None:
    done = Done(parse(f"2026-11-27T{first_at}") if first_at else None, repeated)
    assert page_due(parse("2026-11-27T17:00"), parse(f"2026-11-27T{now}"), done) == expected


@pytest.mark.parametrize(("now", "expected"), [("05:59", None), ("06:30", None), ("07:00", FIRST), ("11:00", FIRST)])
def test_a_shift_that_began_in_the_night_waits_for_the_morning(now: str, expected: int | None) -> None:
    assert page_due(parse("2026-11-28T05:00"), parse(f"2026-11-28T{now}"), Done()) == expected


def test_a_shift_that_began_long_ago_is_not_rehearsed_any_more() -> None:
    start = parse("2026-11-28T08:00")
    assert page_due(start, start + LATE, Done()) == FIRST
    assert page_due(start, start + LATE + MINUTE, Done()) is None
    assert not must_tell(start, start + LATE + MINUTE, Done(start))


@pytest.mark.parametrize(
    ("now", "first_at", "expected"),
    [("16:54", "16:00", False), ("16:55", "16:00", True), ("17:02", "16:58", False), ("17:03", "16:58", True),
     ("16:55", "", False)],
)
def test_when_the_coordinator_is_told(now: str, first_at: str, expected: bool) -> None:
    start, at = parse("2026-11-27T17:00"), parse(f"2026-11-27T{now}")
    done = Done(parse(f"2026-11-27T{first_at}") if first_at else None)
    assert must_tell(start, at, done) is expected
    assert not must_tell(start, at, Done(done.first_at, confirmed=True))


def plan(*overrides: OverridePlan, backup: tuple[int, ...] = (TOM,)) -> RotaPlan:
    """Samira has the first line, Tom the backup, from Monday 23 November 2026 at 08:00 on."""
    first = RotationPlan((SAMIRA,), date(2026, 11, 23), time(8))
    return RotaPlan({
        "first_line": LinePlan((first,), overrides),
        "backup": LinePlan((RotationPlan(backup, date(2026, 11, 23), time(8)),)),
    })


def starts(rota: RotaPlan, start: str, end: str) -> list[tuple[int, str, str]]:
    begin, finish = parse(start), parse(end)
    found = to_rehearse(turns(rota, duty_between([WEEK], begin, finish), begin, finish), begin)
    return [(each.person_id, each.line, f"{wall(each.starts_at):%a %H:%M}") for each in found]


def test_a_shift_begins_when_the_office_closes_and_a_weekend_is_one() -> None:
    found = starts(plan(), "2026-11-26T12:00", "2026-11-30T18:00")
    assert [each for each in found if each[0] == SAMIRA] == [
        (SAMIRA, "first_line", "Thu 17:00"), (SAMIRA, "first_line", "Fri 17:00"), (SAMIRA, "first_line", "Mon 17:00"),
    ]


def test_a_hand_off_in_the_night_begins_a_shift_for_who_comes_only() -> None:
    moved = OverridePlan(1, PIETER, parse("2026-11-28T03:00"), parse("2026-11-28T09:00"))
    found = starts(plan(moved), "2026-11-27T18:00", "2026-11-29T12:00")
    assert found == [(PIETER, "first_line", "Sat 03:00"), (SAMIRA, "first_line", "Sat 09:00")]


def test_a_hand_off_to_oneself_is_none() -> None:
    same = OverridePlan(1, SAMIRA, parse("2026-11-28T03:00"), parse("2026-11-28T09:00"))
    assert starts(plan(same), "2026-11-27T18:00", "2026-11-29T12:00") == []


def test_who_stands_on_two_lines_or_comes_twice_on_a_day_is_rehearsed_once() -> None:
    away = OverridePlan(1, PIETER, parse("2026-11-27T18:00"), parse("2026-11-27T20:00"))
    found = starts(plan(away, backup=(SAMIRA,)), "2026-11-27T12:00", "2026-11-28T12:00")
    assert found == [(SAMIRA, "first_line", "Fri 17:00"), (PIETER, "first_line", "Fri 18:00")]


@pytest.mark.parametrize(
    ("rehearsed", "at", "expected"),
    [
        ("2026-11-27T17:00", "2026-11-27T17:00", True),
        ("2026-11-27T17:00", "2026-11-29T23:00", True),  # the whole weekend
        ("2026-11-27T17:00", "2026-11-30T09:00", False),  # the office is open
        ("2026-11-27T17:00", "2026-11-30T18:00", False),  # another shift
        ("2026-11-26T17:00", "2026-11-27T07:59", True),
        ("2026-11-26T17:00", "2026-11-27T17:01", False),
    ],
)
def test_what_a_rehearsal_speaks_of(rehearsed: str, at: str, expected: bool) -> None:
    start, moment = parse(rehearsed), parse(at)
    end = moment + MINUTE
    found = turns(plan(), duty_between([WEEK], start, end), start, end)
    assert covers(found, SAMIRA, start, moment) is expected
    assert not covers(found, PIETER, start, moment)


def test_after_somebody_else_had_the_line_a_rehearsal_of_the_day_before_says_nothing() -> None:
    rota = plan(OverridePlan(1, PIETER, parse("2026-11-28T03:00"), parse("2026-11-28T09:00")))
    start, at = parse("2026-11-27T17:00"), parse("2026-11-28T10:00")
    found = turns(rota, duty_between([WEEK], start, at + MINUTE), start, at + MINUTE)
    assert not covers(found, SAMIRA, start, at)


@pytest.mark.parametrize(
    ("now", "asked"),
    [("2026-11-27T22:29", ""), ("2026-11-27T22:30", "2026-11-27T22:30"), ("2026-11-27T22:59", "2026-11-27T22:30"),
     ("2026-11-27T23:00", ""), ("2027-03-27T22:45", "2027-03-27T22:30"), ("2026-10-24T22:45", "2026-10-24T22:30")],
)
def test_the_evening_question(now: str, asked: str) -> None:
    found = night_of(parse(now))
    assert (found[0] if found else None) == (parse(asked) if asked else None)


@pytest.mark.parametrize(("day", "hours"), [("2026-11-27", 7), ("2027-03-27", 6), ("2026-10-24", 8)])
def test_the_night_the_question_is_about_is_as_long_as_the_clock_makes_it(day: str, hours: int) -> None:
    found = night_of(parse(f"{day}T22:30"))
    assert found is not None and found[1][1] - found[1][0] == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("start", "now", "sentence"),
    [("2026-11-27T17:00", "2026-11-27T16:00", "uw dienst begint om 17:00"),
     ("2026-11-28T03:00", "2026-11-27T22:00", "uw dienst begint zaterdag om 03:00"),
     ("2026-11-27T17:00", "2026-11-27T18:30", "uw dienst begon om 17:00")],
)
def test_what_it_says(start: str, now: str, sentence: str) -> None:
    assert shift_sentence(parse(start), parse(now)) == sentence
