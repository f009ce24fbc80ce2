"""Months and weeks of a calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from webcare_pwa.rules.periods import clock_step, month_of, parse, week_of


@pytest.mark.parametrize(
    ("key", "first", "last", "number", "shown"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30), 11, (date(2026, 10, 26), date(2026, 12, 6))),
        ("2026-06", date(2026, 6, 1), date(2026, 6, 30), 6, (date(2026, 6, 1), date(2026, 7, 5))),
        ("2027-02", date(2027, 2, 1), date(2027, 2, 28), 2, (date(2027, 2, 1), date(2027, 2, 28))),
        ("2026-W48", date(2026, 11, 23), date(2026, 11, 29), 48, (date(2026, 11, 23), date(2026, 11, 29))),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3), 53, (date(2026, 12, 28), date(2027, 1, 3))),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4), 1, (date(2025, 12, 29), date(2026, 1, 4))),
    ],
)
def test_a_period(key: str, first: date, last: date, number: int, shown: tuple[date, date]) -> None:
    period = parse(key)
    assert (period.key, period.first, period.after - timedelta(days=1), period.number) == (key, first, last, number)
    days = list(period.days())
    assert (days[0], days[-1]) == shown
    assert len(days) % 7 == 0
    assert period.year == int(key[:4])


@pytest.mark.parametrize(
    "key", ["", "2026", "2026-13", "2026-00", "2026-W54", "2027-W53", "2026-W00", "1999-12", "2101-01", "2026-1", "٢٠٢٦-11",
            "2026-11x"]
)
def test_no_period(key: str) -> None:
    with pytest.raises(ValueError):
        parse(key)


def test_back_and_forth() -> None:
    for period in (parse("2026-01"), parse("2026-12"), parse("2026-W01"), parse("2026-W53")):
        assert period.next().previous() == period == period.previous().next()
        assert period.next().first == period.after
    assert month_of(date(2026, 12, 31)).next().key == "2027-01"
    assert week_of(date(2026, 12, 31)).next().key == "2027-W01"


def test_the_days_on_which_the_clock_changes() -> None:
    changed = {day: clock_step(day) for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(365)) if clock_step(day)}
    assert changed == {date(2026, 3, 29): 1, date(2026, 10, 25): -1}
