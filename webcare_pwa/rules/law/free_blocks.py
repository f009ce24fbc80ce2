"""R2: free time in every 28 x 24 hours (5:9(2)), from whatever minute: 14 times 24 hours without standby, and twice 48 hours
with neither work nor standby. A free stretch is cut to the window and gives whole blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from webcare_pwa.rules.law.bounds import DUTY_START
from webcare_pwa.rules.law.breach import ERROR, WARNING
from webcare_pwa.rules.law.facts import Facts
from webcare_pwa.rules.law.finding import Finding
from webcare_pwa.rules.law.minutes import Stretch, gaps, union
from webcare_pwa.rules.law.windows import Piece, blocks

WINDOW = 28 * 24 * 60
DAY, TWO_DAYS = 24 * 60, 48 * 60


def free_days(facts: Facts) -> Iterator[Finding]:
    """R2a, 5:9(2)a: blocks of 24 hours without standby."""
    return _short(facts, "R2a", facts.standby, DAY, WINDOW // DAY, facts.settings.free_24h_blocks_per_28d)


def long_free(facts: Facts) -> Iterator[Finding]:
    """R2b, 5:9(2)b: periods of 48 hours with neither work nor standby; one of 96 hours is two, unless set otherwise."""
    busy = union([*facts.standby, *facts.all_work])
    most = 1 if facts.settings.two_48h_must_be_separate else WINDOW // TWO_DAYS
    return _short(facts, "R2b", busy, TWO_DAYS, most, facts.settings.free_48h_periods_per_28d)


def _short(facts: Facts, rule: str, taken: Sequence[Stretch], block: int, most: int, least: int) -> Iterator[Finding]:
    if not facts.standby:
        return
    first, last = facts.period[0] - WINDOW + 1, facts.period[1] - 1
    free = gaps(taken, min(first, taken[0][0]) - WINDOW, max(last, taken[-1][1]) + 2 * WINDOW)
    split = facts.settings.free_window_levels == DUTY_START
    for piece in blocks(free, block, WINDOW, most, first, last):
        if piece.value < least:
            level = WARNING if split else ERROR
            yield Finding(rule, piece.first, piece.first + WINDOW, piece.value, least, level, last=piece.last + WINDOW)
            if split:
                yield from _at_duty(facts, rule, piece, least)


def _at_duty(facts: Facts, rule: str, piece: Piece, least: int) -> Iterator[Finding]:
    """The windows among them that begin with a standby period."""
    for start, _ in facts.standby:
        if piece.first <= start <= piece.last:
            yield Finding(rule, start, start + WINDOW, piece.value, least, ERROR)
