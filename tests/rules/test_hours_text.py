"""Office hours typed on a command line."""

from __future__ import annotations

from datetime import time

import pytest

from webcare_pwa.rules.hours_text import parse


def test_days_and_ranges() -> None:
    assert parse(" Mon-Wed  8:30-17:00,sat 09:00-12:00") == {
        0: (time(8, 30), time(17)),
        1: (time(8, 30), time(17)),
        2: (time(8, 30), time(17)),
        5: (time(9), time(12)),
    }
    assert parse("closed") == {}


@pytest.mark.parametrize(
    "text", ["", "daily", "mon 17:00-08:00", "mon 08:00-08:00", "fri-mon 08:00-17:00", "xyz 08:00-17:00", "mon 25:00-26:00"]
)
def test_what_is_no_hours_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse(text)
