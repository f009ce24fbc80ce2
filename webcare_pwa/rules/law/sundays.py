"""FREE_SUNDAYS: at least 13 Sundays without work in 52 weeks (5:6(3)). A call-out on a Sunday is work, standby is not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from webcare_pwa.rules.law import days
from webcare_pwa.rules.law.facts import Facts
from webcare_pwa.rules.law.finding import Finding

SUNDAYS = 52


def free_sundays(facts: Facts) -> Iterator[Finding]:
    """Every 52 weeks that begin with a Sunday 00:00."""
    least = facts.settings.free_sundays_per_52w
    worked = sorted({day for piece in facts.all_work for day in days.days(*piece) if day % 7 == 0})  # ordinal 7 was a Sunday
    if len(worked) <= SUNDAYS - least:
        return
    first = days.day_of(facts.period[0]) // 7 * 7 - 7 * SUNDAYS
    for sunday in range(first, days.day_of(facts.period[1] - 1) + 1, 7):
        window = days.starts(sunday), days.starts(sunday + 7 * SUNDAYS)
        free = SUNDAYS - bisect_left(worked, sunday + 7 * SUNDAYS) + bisect_left(worked, sunday)
        if free < least and facts.touches(*window):
            yield Finding("FREE_SUNDAYS", *window, free, least)
