"""The twin on shifts, breaks, rests and Sundays: R8a and section 2 of the law text. See `twin_diary`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise

from tests.rules.law.twin_calls import worked_days
from tests.rules.law.twin_diary import DAY, HOUR, SHORTEST_BREAK, Diary, Dienst, day_of, minute, wall
from tests.rules.law.twin_windows import WEEK, Window


def shift_lengths(diary: Diary) -> Iterator[Window]:
    """R8a: 12 hours in a shift."""
    most = diary.settings.max_shift_minutes
    for each in diary.diensten():
        if each.minutes > most:
            yield Window("R8a", each.starts, each.ends, each.minutes, most)


def breaks(diary: Diary) -> Iterator[Window]:
    """5:4(2): over 5.5 hours 30 minutes, over 10 hours 45, in parts of 15 minutes; where the breaks are known."""
    for each in diary.diensten():
        pieces = (*diary.person.work, *diary.person.night_shifts)
        inside = [one for one in pieces if minute(one.starts_at) < each.ends and minute(one.ends_at) > each.starts]
        least = 45 if each.minutes > 10 * HOUR else 30 if each.minutes > 330 else 0
        line = bytes(diary.planned[each.starts - diary.origin : each.ends - diary.origin])
        rest = sum(len(gap) for gap in re.findall(b"\x00+", line) if len(gap) >= SHORTEST_BREAK)
        if rest < least and all(one.breaks is not None for one in inside):
            yield Window("BREAKS", each.starts, each.ends, rest, least)


def daily_rest(diary: Diary) -> Iterator[Window]:
    """5:3(2): 11 hours in the 24 from the start of a shift; 8 once in 7 x 24 hours. Calls break no rest."""
    norms = diary.settings
    last_short: int | None = None
    for each in diary.diensten():
        rest = diary.longest_rest(diary.planned, each.starts, each.starts + DAY)
        if rest >= norms.daily_rest_minutes:
            continue
        free = last_short is None or each.starts - last_short >= norms.short_daily_rest_per_days * DAY
        if free and rest >= norms.short_daily_rest_minutes:
            last_short = each.starts
        else:
            yield Window("REST_DAILY", each.starts, each.starts + DAY, rest, norms.daily_rest_minutes)


def weekly_rest(diary: Diary) -> Iterator[Window]:
    """5:5(2): 36 hours in 7 x 24, or 72 in 14 x 24 in parts of 32 where that is allowed."""
    norms = diary.settings
    for each in diary.diensten():
        rest = diary.longest_rest(diary.planned, each.starts, each.starts + WEEK)
        parts = sum(one for one in diary.rests(diary.planned, each.starts, each.starts + 2 * WEEK) if one >= 32 * HOUR)
        if rest < norms.weekly_rest_minutes and not (norms.allow_72h_variant and parts >= 72 * HOUR):
            yield Window("REST_WEEKLY", each.starts, each.starts + WEEK, rest, norms.weekly_rest_minutes)


def after_night(diary: Diary) -> Iterator[Window]:
    """5:8(4): 14 hours after a night shift that ends after 02:00; 8 once in 7 x 24 hours."""
    diensten = diary.diensten()
    last_short: int | None = None
    for each, later in pairwise(diensten):
        rest = later.starts - each.ends
        if not (each.night and _ends_after_two(each)) or rest >= 14 * HOUR:
            continue
        if last_short is None or each.ends - last_short >= WEEK:
            last_short = each.ends
        else:
            yield Window("REST_NIGHT", each.ends, each.ends + 14 * HOUR, rest, 14 * HOUR)


def _ends_after_two(each: Dienst) -> bool:
    return each.ends > wall(day_of(each.ends), 2)


def after_series(diary: Diary) -> Iterator[Window]:
    """5:8(5): 46 hours after three or more shifts in a row that are night shifts."""
    diensten = diary.diensten()
    row: list[Dienst] = []
    for each, later in pairwise(diensten):
        if row and each.starts - row[-1].ends >= 46 * HOUR:
            row = []
        row = [*row, each] if each.night else []
        rest = later.starts - each.ends
        if len(row) >= 3 and not later.night and rest < 46 * HOUR:
            yield Window("REST_NIGHT_SERIES", each.ends, each.ends + 46 * HOUR, rest, 46 * HOUR)


def night_length(diary: Diary) -> Iterator[Window]:
    """5:8(1) and (3): 10 hours; 12 with 12 hours of rest after it, 5 times in 14 x 24 hours and 22 times in 52 weeks."""
    diensten = diary.diensten()
    long_ones: list[int] = []
    for place, each in enumerate(diensten):
        if not each.night or each.minutes <= 10 * HOUR:
            continue
        rest = diensten[place + 1].starts - each.ends if place + 1 < len(diensten) else WEEK
        few = all(_since(long_ones, each.starts - days * DAY) < most for days, most in ((14, 5), (364, 22)))
        if each.minutes <= 12 * HOUR and rest >= 12 * HOUR and few:
            long_ones.append(each.starts)
        else:
            yield Window("NIGHT_LENGTH", each.starts, each.ends, each.minutes, 10 * HOUR)


def _since(starts: list[int], at: int) -> int:
    return sum(each > at for each in starts)


def night_series(diary: Diary) -> Iterator[Window]:
    """5:8(6): at most 7 shifts with less than 36 hours between them when one is a night shift."""
    rows: list[list[Dienst]] = []
    for each in diary.diensten():
        if rows and each.starts - rows[-1][-1].ends < 36 * HOUR:
            rows[-1].append(each)
        else:
            rows.append([each])
    for row in rows:
        if len(row) > 7 and any(each.night for each in row):
            yield Window("NIGHT_SERIES", row[0].starts, row[-1].ends, len(row), 7)


def night_counts(diary: Diary) -> Iterator[Window]:
    """5:8(8): 36 night shifts in 16 weeks, 140 in 52."""
    starts = [each.starts for each in diary.diensten() if each.night]
    for weeks, most in ((16, 36), (52, 140)):
        for start in starts:
            count = sum(start <= each < start + weeks * WEEK for each in starts)
            if count > most:
                yield Window(f"NIGHT_COUNT_{weeks}W", start, start + weeks * WEEK, count, most)


def free_sundays(diary: Diary, first: int, last: int) -> Iterator[Window]:
    """5:6(3): 13 Sundays without work in 52 weeks; a call-out is work."""
    worked = worked_days(diary)
    day = day_of(first) - timedelta(days=53 * 7)
    while wall(day) < last:
        after = day + timedelta(days=52 * 7)
        if day.weekday() == 6 and wall(after) > first:
            free = sum(day + timedelta(days=7 * week) not in worked for week in range(52))
            if free < diary.settings.free_sundays_per_52w:
                yield Window("FREE_SUNDAYS", wall(day), wall(after), free, diary.settings.free_sundays_per_52w)
        day += timedelta(days=1)


SHIFT_RULES: tuple[Callable[[Diary], Iterator[Window]], ...] = (
    shift_lengths, breaks, daily_rest, weekly_rest, after_night, after_series, night_length, night_series, night_counts,
)  # fmt: skip
