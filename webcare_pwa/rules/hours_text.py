"""Reads office hours as people type them on a command line: "mon-fri 08:00-17:00, sat 09:00-12:00". Pure."""

from __future__ import annotations

import re
from datetime import time

from webcare_pwa.rules.hours import Hours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART = re.compile(r"([a-z]{3})(?:-([a-z]{3}))? (\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


def parse(text: str) -> Hours:
    """Opening and closing per weekday; a day that is not named is closed, "closed" is every day. Raises ValueError."""
    hours: dict[int, tuple[time, time]] = {}
    if text.strip().lower() == "closed":
        return hours
    for part in text.lower().split(","):
        found = _PART.fullmatch(" ".join(part.split()))
        if not found:
            raise ValueError(f"{part.strip()!r} is not like 'mon-fri 08:00-17:00'")
        opens, closes = time(int(found[3]), int(found[4])), time(int(found[5]), int(found[6]))
        if opens >= closes:
            raise ValueError(f"{part.strip()!r} closes before it opens")
        for day in _days(found[1], found[2] or found[1]):
            hours[day] = (opens, closes)
    return hours


def _days(first: str, last: str) -> range:
    if first not in DAYS or last not in DAYS or DAYS.index(first) > DAYS.index(last):
        raise ValueError(f"{first}-{last} are no days of one week; use {', '.join(DAYS)}")
    return range(DAYS.index(first), DAYS.index(last) + 1)
