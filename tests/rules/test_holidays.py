"""Dutch public holidays: a table of days that are easy to get wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from webcare_pwa.rules import holidays


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "Nieuwjaarsdag"),
        (date(2027, 3, 28), "Eerste paasdag"),  # also the night the clock goes forward
        (date(2027, 3, 29), "Tweede paasdag"),
        (date(2026, 4, 27), "Koningsdag"),
        (date(2025, 4, 26), "Koningsdag"),  # the 27th is a Sunday
        (date(2031, 4, 26), "Koningsdag"),
        (date(2026, 5, 14), "Hemelvaartsdag"),
        (date(2026, 5, 25), "Tweede pinksterdag"),
        (date(2026, 12, 25), "Eerste kerstdag"),
        (date(2026, 12, 26), "Tweede kerstdag"),
        (date(2025, 5, 5), "Bevrijdingsdag"),  # lustrum
        (date(2030, 5, 5), "Bevrijdingsdag"),
    ],
)
def test_holidays(day: date, name: str) -> None:
    assert holidays.of_year(day.year)[day].lower() == name.lower()
    assert holidays.is_holiday(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 4, 27),  # King's Day moved to Saturday
        date(2026, 5, 5),  # no lustrum
        date(2026, 4, 3),  # Good Friday: offices are open
        date(2026, 12, 24),
        date(2026, 12, 31),
        date(2026, 11, 28),
    ],
)
def test_ordinary_days(day: date) -> None:
    assert not holidays.is_holiday(day)


def test_good_friday_on_request() -> None:
    assert date(2026, 4, 3) in holidays.of_year(2026, holidays.HolidayRule(good_friday=True))


@pytest.mark.parametrize("year", range(2024, 2038))
def test_every_year_has_them_all(year: int) -> None:
    days = holidays.of_year(year)
    assert len(days) == (10 if year % 5 == 0 else 9)
    easter = next(day for day, name in days.items() if name == "Eerste paasdag")
    assert easter.weekday() == 6
    assert {easter + timedelta(days=ahead) for ahead in (1, 39, 49, 50)} <= days.keys()
    assert list(days) == sorted(days)


def test_upcoming_runs_on_into_next_year() -> None:
    found = holidays.upcoming(date(2026, 12, 26), 11)
    assert [day for day, _ in found][:3] == [date(2026, 12, 26), date(2027, 1, 1), date(2027, 3, 28)]
    assert len(found) == 11
