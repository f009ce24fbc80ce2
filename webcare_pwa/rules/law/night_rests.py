"""Rest after planned night shifts and how many there may be (5:8). Call-outs count for none of it (5:9(8), 5:9(9))."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import time
from itertools import pairwise

from webcare_pwa.rules.law.facts import Duty, Facts
from webcare_pwa.rules.law.finding import Finding
from webcare_pwa.rules.law.minutes import moment
from webcare_pwa.rules.law.weeks import WEEK
from webcare_pwa.rules.wall_time import wall

HOUR = 60
REST, SHORT_REST, SHORT_APART = 14 * HOUR, 8 * HOUR, 7 * 24 * HOUR  # 5:8(4)
SERIES, SERIES_REST = 3, 46 * HOUR  # 5:8(5)
ROW, ROW_REST = 7, 36 * HOUR  # 5:8(6)
MOST = (("NIGHT_COUNT_16W", 16, 36), ("NIGHT_COUNT_52W", 52, 140))  # 5:8(8), 5:8(9)
LATE = time(2)


def after_night(facts: Facts) -> Iterator[Finding]:
    """REST_NIGHT, 5:8(4): 14 hours after a night shift that ends after 02:00; once in 7 x 24 hours 8 hours is fine, the
    earliest first."""
    excused = None
    for duty, following in pairwise(facts.duties):
        rest = following.starts - duty.ends
        if not duty.is_night or rest >= REST or wall(moment(duty.ends)).time() <= LATE:
            continue
        window = duty.ends, duty.ends + REST
        if rest >= SHORT_REST and (excused is None or duty.ends - excused >= SHORT_APART):
            excused = duty.ends
        elif facts.touches(*window):
            yield Finding("REST_NIGHT", *window, rest, REST)


def after_series(facts: Facts) -> Iterator[Finding]:
    """REST_NIGHT_SERIES, 5:8(5): 46 hours after 3 or more night shifts with less than that between them."""
    length = 0
    for duty, following in pairwise(facts.duties):
        length = length + 1 if duty.is_night else 0
        rest = following.starts - duty.ends
        if rest >= SERIES_REST:
            length = 0
        elif length >= SERIES and not following.is_night and facts.touches(duty.ends, duty.ends + SERIES_REST):
            yield Finding("REST_NIGHT_SERIES", duty.ends, duty.ends + SERIES_REST, rest, SERIES_REST)


def long_rows(facts: Facts) -> Iterator[Finding]:
    """NIGHT_SERIES, 5:8(6): at most 7 shifts, with less than 36 hours between them, when one of them is a night shift."""
    row: list[Duty] = []
    for duty in facts.duties:
        if row and duty.starts - row[-1].ends >= ROW_REST:
            yield from _too_long(facts, row)
            row = []
        row.append(duty)
    yield from _too_long(facts, row)


def _too_long(facts: Facts, row: list[Duty]) -> Iterator[Finding]:
    if len(row) > ROW and any(each.is_night for each in row) and facts.touches(row[0].starts, row[-1].ends):
        yield Finding("NIGHT_SERIES", row[0].starts, row[-1].ends, len(row), ROW)


def how_many(facts: Facts) -> Iterator[Finding]:
    """NIGHT_COUNT_16W and NIGHT_COUNT_52W, 5:8(8): at most 36 night shifts in 16 weeks and 140 in 52. The windows begin with a
    night shift and count those that begin in them."""
    begins = [each.starts for each in facts.nights]
    for rule, weeks, most in MOST:
        for place, start in enumerate(begins):
            end = start + weeks * WEEK
            number = bisect_left(begins, end) - place
            if number > most and facts.touches(start, end):
                yield Finding(rule, start, end, number, most)
