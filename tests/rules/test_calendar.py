"""What a calendar makes of shifts: days, whole shifts, doubles. Checked minute by minute on random rotas over both changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.rules.random_rotas import LINES, MINUTE, RandomRota, changes
from webcare_pwa.rules import calendar
from webcare_pwa.rules.calendar import Stretch
from webcare_pwa.rules.doubles import Double, doubles
from webcare_pwa.rules.periods import midnight
from webcare_pwa.rules.rota import ROTATION, Shift, on_call_at, shift_at
from webcare_pwa.rules.short_names import short_names
from webcare_pwa.rules.wall_time import AMSTERDAM, parse

CHANGES = [each for each in changes() if each.year in (2026, 2027)]


def shift(line: str, person: int | None, start: str, end: str) -> Shift:
    return Shift(line, person, parse(start), parse(end), ROTATION, person)


def test_one_person_on_two_lines_at_once() -> None:
    night = shift("first_line", 1, "2026-11-28T18:00", "2026-11-29T08:00")
    week = shift("backup", 1, "2026-11-23T08:00", "2026-11-30T08:00")
    other = shift("backup", 2, "2026-11-23T08:00", "2026-11-30T08:00")
    after = shift("backup", 1, "2026-11-29T08:00", "2026-11-30T08:00")
    nobody = shift("backup", None, "2026-11-23T08:00", "2026-11-30T08:00")
    assert doubles([night, week]) == [Double(1, night.starts_at, night.ends_at, ("backup", "first_line"))]
    assert doubles([night, other, after, nobody]) == []
    assert doubles([night, night]) == []  # the same line cannot be double


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: f"{each:%Y-%m}")
@pytest.mark.parametrize("seed", range(5))
def test_each_minute_of_each_day_shows_who_is_on(change: datetime, seed: int) -> None:
    plan = RandomRota(seed, change).plan()
    days = [(change + timedelta(days=ahead)).date() for ahead in (-1, 0, 1)]
    start, end = midnight(days[0]), midnight(days[-1] + timedelta(days=1))
    shifts = {line: calendar.whole_between(plan, line, start, end) for line in LINES}
    stretches = [calendar.of_shift(each) for line in LINES for each in shifts[line] if each.person_id is not None]
    shown = calendar.by_day(stretches, days)
    twice_on = doubles(each for line in shifts.values() for each in line)
    for minute in range(0, int((end - start) / MINUTE), 7):
        at = start + minute * MINUTE
        today = shown[at.astimezone(AMSTERDAM).date()]
        on = {line: on_call_at(plan, line, at) for line in LINES}
        for line in LINES:
            there = [each for each in today if each.stretch.line == line and each.starts_at <= at < each.ends_at]
            assert [each.stretch.person_id for each in there] == ([on[line]] if on[line] is not None else [])
        twice = on[LINES[0]] is not None and on[LINES[0]] == on[LINES[1]]
        assert any(each.starts_at <= at < each.ends_at for each in twice_on) == twice
    for line in LINES:
        assert all(each == shift_at(plan, line, each.starts_at) for each in shifts[line])


def test_times_of_a_day() -> None:
    days = [date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 26)]
    one = Stretch("first_line", calendar.SHIFT, parse("2026-10-24T17:00"), parse("2026-10-26T00:00"), 1)
    two = Stretch("first_line", calendar.SHIFT, parse("2026-10-26T09:00"), parse("2026-10-26T10:30"), 2)
    far = Stretch("first_line", calendar.SHIFT, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), 3)
    shown = calendar.by_day([one, two, far], days)
    times = [[(each.stretch.person_id, each.opens, each.closes) for each in shown[day]] for day in days]
    assert times == [[(1, "17:00", ""), (3, "", "")], [(1, "", ""), (3, "", "")], [(2, "09:00", "10:30"), (3, "", "")]]
    assert shown[days[1]][0].ends_at - shown[days[1]][0].starts_at == timedelta(hours=25)


def test_what_goes_on_without_a_visible_change_is_one() -> None:
    one = Stretch("backup", calendar.SHIFT, parse("2026-11-23T08:00"), parse("2026-11-30T08:00"), 1)
    two = one._replace(starts_at=one.ends_at, ends_at=parse("2026-12-07T08:00"))
    by_hand = two._replace(moved=True)
    assert calendar.joined([one, two]) == [one._replace(ends_at=two.ends_at)]
    assert calendar.joined([one, by_hand]) == [one, by_hand]


def test_short_names() -> None:
    names = {1: "Samira el Amrani", 2: "Tom Bosman", 3: "Tom de Vries", 4: "Cher"}
    assert short_names(names) == {1: "Samira", 2: "Tom Bosman", 3: "Tom de Vries", 4: "Cher"}
