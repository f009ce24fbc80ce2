"""Hours in runs of whole weeks: calendar weeks from `week_start`, or with `any` every 7 x 24 hours from whatever minute."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from webcare_pwa.rules.law import days
from webcare_pwa.rules.law.bounds import ANY
from webcare_pwa.rules.law.facts import Facts
from webcare_pwa.rules.law.finding import Finding
from webcare_pwa.rules.law.minutes import Stretch
from webcare_pwa.rules.law.windows import sums

WEEK = 7 * 24 * 60
Limit = Callable[[int, int], int | None]


def too_much(
    facts: Facts, rule: str, hours: list[Stretch], number: int, limit: Limit, cuts: Iterable[int] = ()
) -> Iterator[Finding]:
    """The runs of `number` weeks that hold more than `limit(start, end)` minutes; None: the rule is not for that run.

    `cuts`: with `any`, the beginnings at which the limit changes.
    """
    if facts.settings.week_start == ANY:
        yield from _anywhere(facts, rule, hours, number * WEEK, limit, cuts)
        return
    before = _running(hours)
    for start, end in runs(facts, number):
        most = limit(start, end)
        if most is not None and (value := before(end) - before(start)) > most:
            yield Finding(rule, start, end, value, most)


def runs(facts: Facts, number: int) -> Iterator[Stretch]:
    """All runs of `number` calendar weeks that have a minute in common with the period."""
    span = (number + 1) * WEEK
    edges = days.weeks(facts.settings.week_start, facts.period[0] - span, facts.period[1] + span)
    for start, end in zip(edges, edges[number:], strict=False):
        if facts.touches(start, end):
            yield start, end


def _anywhere(
    facts: Facts, rule: str, hours: list[Stretch], length: int, limit: Limit, cuts: Iterable[int]
) -> Iterator[Finding]:
    for piece in sums(hours, length, facts.period[0] - length + 1, facts.period[1] - 1, cuts):
        most = limit(piece.first, piece.first + length)
        high = None if most is None else piece.above(most)
        if most is not None and high is not None:
            value, at = high.most
            yield Finding(rule, at, at + length, value, most, first=high.first, last=high.last + length)


def _running(hours: list[Stretch]) -> Callable[[int], int]:
    """A function that tells the minutes before a moment."""
    starts, ends = sorted(start for start, _ in hours), sorted(end for _, end in hours)
    begun, done = list(accumulate(starts, initial=0)), list(accumulate(ends, initial=0))

    def before(at: int) -> int:
        left, right = bisect_left(starts, at), bisect_left(ends, at)
        return left * at - begun[left] - (right * at - done[right])

    return before
