"""Windows of rotations: holidays over whole years, weekends, and stretches over the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from webcare_pwa.rules.holidays import ALWAYS, NEVER, USUAL, HolidayRule, of_year
from webcare_pwa.rules.rota_lane import BLOCK, block_of, block_starts
from webcare_pwa.rules.rota_windows import EXCEPT, ONLY, Window, stretches
from webcare_pwa.rules.wall_time import instant, parse, wall

WHOLE_DAY = Window(time(), time(), holidays=ONLY)


@pytest.mark.parametrize("rule", [
    USUAL, HolidayRule(december_31=True), HolidayRule(december_24=True), HolidayRule(True, ALWAYS, True, True),
    HolidayRule(liberation_day=NEVER, extra=((date(2026, 12, 30), "Extra"), (date(2030, 1, 2), "Extra"))),
])  # fmt: skip
def test_every_holiday_of_fifteen_years_in_whatever_block_it_lies(rule: HolidayRule) -> None:
    found = set()
    for number in range(block_of(datetime(2023, 12, 31, 23, tzinfo=UTC)), block_of(datetime(2038, 12, 31, 23, tzinfo=UTC))):
        for starts, ends in stretches((WHOLE_DAY,), rule, block_starts(number), block_starts(number) + BLOCK):
            days = (wall(ends).date() - wall(starts).date()).days
            found |= {wall(starts).date() + timedelta(days=day) for day in range(days)}
    wanted = {day for year in range(2024, 2038) for day in of_year(year, rule)}
    assert {day for day in found if 2024 <= day.year <= 2037} == wanted


@pytest.mark.parametrize(("rule", "day", "counts"), [
    (HolidayRule(december_24=True), date(2026, 12, 24), True), (HolidayRule(december_24=True), date(2026, 12, 31), False),
    (HolidayRule(december_31=True), date(2026, 12, 31), True), (HolidayRule(december_31=True), date(2026, 12, 24), False),
    (HolidayRule(good_friday=True), date(2027, 3, 26), True), (USUAL, date(2027, 3, 26), False),
    (HolidayRule(liberation_day=ALWAYS), date(2026, 5, 5), True), (USUAL, date(2026, 5, 5), False),
    (USUAL, date(2030, 5, 5), True), (HolidayRule(liberation_day=NEVER), date(2030, 5, 5), False),
    (HolidayRule(extra=((date(2026, 8, 28), "Vrij"),)), date(2026, 8, 28), True),
    (HolidayRule(extra=((date(2026, 8, 28), "Vrij"),)), date(2027, 8, 28), False),
])  # fmt: skip
def test_settings_of_holidays(rule: HolidayRule, day: date, counts: bool) -> None:
    assert (day in of_year(day.year, rule)) is counts


@pytest.mark.parametrize(("window", "day", "hours"), [
    (Window(time(17), time(8), frozenset({4}), 0), "2026-11-27", 63),  # Friday 17:00 to Monday 08:00
    (Window(time(17), time(8), frozenset({4}), 0), "2026-10-23", 64),  # with the hour that comes twice
    (Window(time(17), time(8), frozenset({4}), 0), "2026-03-27", 62),
    (Window(time(8), time(8)), "2026-10-24", 25),
    (Window(time(8), time(17), frozenset({0}), 0), "2026-11-23", 9),  # the same day
    (Window(time(17), time(8), frozenset({0}), 0), "2026-11-23", 7 * 24 - 9),  # a week later
])  # fmt: skip
def test_how_long_a_stretch_is(window: Window, day: str, hours: int) -> None:
    start = parse(day)
    weekday = frozenset({wall(start).weekday()})
    one = Window(window.opens, window.closes, weekday, window.closes_on)
    first = next(each for each in stretches((one,), USUAL, start, start + timedelta(days=1)) if each[0] > start)
    assert first[1] - first[0] == timedelta(hours=hours)


def test_a_stretch_that_the_clock_jumps_over_is_left_out() -> None:
    window = Window(time(2, 30), time(3, 30))
    day = date(2026, 3, 28)
    found = stretches((window,), USUAL, instant(day, time()), instant(date(2026, 3, 31), time()))
    assert [f"{wall(start):%d %H:%M}" for start, _ in found] == ["28 02:30", "30 02:30"]


def test_the_day_on_which_it_begins_decides() -> None:
    """The night before Christmas runs into it; the evening of Boxing Day does not begin."""
    window = Window(time(17), time(8), holidays=EXCEPT)
    found = stretches((window,), USUAL, parse("2026-12-24T12:00"), parse("2026-12-27T12:00"))
    assert [wall(start).day for start, _ in found] == [24]
    assert wall(found[0][1]) == wall(parse("2026-12-25T08:00"))
