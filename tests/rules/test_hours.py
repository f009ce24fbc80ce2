"""Office hours: open, closed, and when that changes, over holidays and both clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_pwa.rules import hours as office
from webcare_pwa.rules.hours import Hours
from webcare_pwa.rules.wall_time import parse

WEEK: Hours = {day: (time(8), time(17)) for day in range(5)}
NIGHT: Hours = {day: (time(1), time(4)) for day in range(7)}  # spans both clock changes
ROUND_THE_CLOCK: Hours = {day: (time(0), time(0)) for day in range(7)}


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-27T16:59", True),
        ("2026-11-27T17:00", False),  # half-open
        ("2026-11-27T08:00", True),
        ("2026-11-27T07:59", False),
        ("2026-11-28T10:00", False),  # Saturday
        ("2027-03-29T10:00", False),  # Easter Monday
        ("2027-03-30T10:00", True),
        ("2027-01-01T10:00", False),  # New Year, a Friday
        ("2026-04-27T10:00", False),  # King's Day, a Monday
        ("2025-04-25T10:00", True),  # the Friday before King's Day on Saturday 26 April
        ("2026-04-03T10:00", True),  # Good Friday
    ],
)
def test_open(at: str, expected: bool) -> None:
    assert office.is_open(WEEK, parse(at)) is expected


@pytest.mark.parametrize(
    ("at", "opens", "closes"),
    [
        ("2026-11-28T02:10", "2026-11-30T08:00", "2026-11-30T17:00"),
        ("2026-11-30T08:00", "2026-12-01T08:00", "2026-11-30T17:00"),
        ("2026-11-30T17:00", "2026-12-01T08:00", "2026-12-01T17:00"),
        ("2027-03-26T18:00", "2027-03-30T08:00", "2027-03-30T17:00"),  # over Easter and the clock change
        ("2026-12-31T18:00", "2027-01-04T08:00", "2027-01-04T17:00"),
        ("2026-12-24T17:00", "2026-12-28T08:00", "2026-12-28T17:00"),
    ],
)
def test_next_changes(at: str, opens: str, closes: str) -> None:
    moment = parse(at)
    assert office.next_opening(WEEK, moment) == parse(opens)
    assert office.next_closing(WEEK, moment) == parse(closes)
    expected = parse(closes) if office.is_open(WEEK, moment) else parse(opens)
    assert office.next_change(WEEK, moment) == expected


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-28T02:10", date(2026, 11, 30)),
        ("2026-11-30T02:10", date(2026, 11, 30)),  # opens this morning
        ("2026-11-30T09:00", date(2026, 12, 1)),
        ("2026-11-30T18:00", date(2026, 12, 1)),
        ("2027-03-26T18:00", date(2027, 3, 30)),
        ("2026-12-31T20:00", date(2027, 1, 4)),
    ],
)
def test_next_working_day(at: str, day: date) -> None:
    assert office.next_working_day(WEEK, parse(at)) == day
    assert office.next_working_day({}, parse(at)) == day  # without hours: an ordinary week


def test_never_open() -> None:
    at = parse("2026-11-28T02:10")
    for hours in ({}, {0: (time(17), time(8))}):
        assert not office.is_open(hours, at)
        assert office.next_opening(hours, at) is office.next_closing(hours, at) is office.next_change(hours, at) is None


def test_midnight_is_no_closing_when_the_office_goes_on() -> None:
    at = parse("2026-12-23T12:00")
    assert office.next_closing(ROUND_THE_CLOCK, at) == parse("2026-12-25T00:00")
    assert office.next_opening(ROUND_THE_CLOCK, at) == parse("2026-12-27T00:00")
    assert office.is_open(ROUND_THE_CLOCK, parse("2026-12-23T23:59"))


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 2), (date(2026, 10, 25), 4), (date(2026, 6, 7), 3)])
def test_a_night_office_over_the_change(day: date, hours: int) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=6)
    opened = office.open_between(NIGHT, start, start + timedelta(hours=20))
    assert sum((right - left for left, right in opened), timedelta()) == timedelta(hours=hours)


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2037, 12, 1)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)
TIMES = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
HOURS = st.dictionaries(st.integers(0, 6), st.tuples(TIMES, TIMES))


@given(HOURS, MOMENTS)
def test_the_next_change_is_a_change_and_the_first(hours: Hours, at: datetime) -> None:
    change = office.next_change(hours, at)
    horizon = at + timedelta(days=3)
    if change is not None:
        assert change > at
        assert office.is_open(hours, change) is not office.is_open(hours, at)
        horizon = min(change, horizon)
    step = (horizon - at) / 50
    assert all(office.is_open(hours, at + step * n) is office.is_open(hours, at) for n in range(50))


@given(st.lists(HOURS, min_size=1, max_size=3), MOMENTS, st.integers(1, 8))
def test_duty_time_is_when_somebody_is_closed(offices: list[Hours], at: datetime, days: int) -> None:
    end = at + timedelta(days=days)
    duty = office.duty_between(offices, at, end)
    assert all(left < right for left, right in duty)
    assert all(before[1] < after[0] for before, after in pairwise(duty))
    for quarter in range(0, days * 96, 7):
        moment = at + timedelta(minutes=15 * quarter)
        closed = not all(office.is_open(hours, moment) for hours in offices)
        assert any(left <= moment < right for left, right in duty) is closed
