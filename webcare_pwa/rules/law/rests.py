"""Rest between planned shifts: daily (5:3), weekly (5:5). A call-out breaks neither (5:9(8)). Windows begin with a shift."""

from __future__ import annotations

from collections.abc import Iterator

from webcare_pwa.rules.law.facts import Facts
from webcare_pwa.rules.law.finding import Finding
from webcare_pwa.rules.law.minutes import gaps

DAY = 24 * 60
WEEK = 7 * DAY
VARIANT, VARIANT_PART = 72 * 60, 32 * 60


def daily_rest(facts: Facts) -> Iterator[Finding]:
    """REST_DAILY, 5:3(2): 11 hours in the 24 hours from the start of a shift; once in 7 x 24 hours 8 hours is fine, the
    earliest first."""
    norms, excused = facts.settings, None
    apart = norms.short_daily_rest_per_days * DAY
    for place, duty in enumerate(facts.duties):
        window = duty.starts, duty.starts + DAY
        if _rested(facts, place, window[1], norms.daily_rest_minutes):
            continue
        rest = _longest(facts, *window)
        if rest >= norms.short_daily_rest_minutes and (excused is None or duty.starts - excused >= apart):
            excused = duty.starts
        elif facts.touches(*window):
            yield Finding("REST_DAILY", *window, rest, norms.daily_rest_minutes)


def weekly_rest(facts: Facts) -> Iterator[Finding]:
    """REST_WEEKLY, 5:5(2): 36 hours in the 7 x 24 hours from the start of a shift; where the variant is allowed (not for
    offices as a rule, Atb 2.1:4) 72 hours in 14 x 24 hours, in parts of at least 32 hours."""
    norms = facts.settings
    for place, duty in enumerate(facts.duties):
        window = duty.starts, duty.starts + WEEK
        if not facts.touches(*window) or _rested(facts, place, window[1], norms.weekly_rest_minutes):
            continue
        if not (norms.allow_72h_variant and _parts(facts, duty.starts) >= VARIANT):
            yield Finding("REST_WEEKLY", *window, _longest(facts, *window), norms.weekly_rest_minutes)


def _rested(facts: Facts, place: int, end: int, least: int) -> bool:
    """Is there such a rest behind one of the shifts from this one on, before `end`? The norms are never below 8 hours, so the
    rests within a shift need no look."""
    duties = facts.duties
    for here in range(place, len(duties)):
        following = duties[here + 1].starts if here + 1 < len(duties) else end
        if min(following, end) - duties[here].ends >= least:
            return True
        if following >= end:
            return False
    return False


def _parts(facts: Facts, start: int) -> int:
    return sum(rest for rest in _rests(facts, start, start + 2 * WEEK) if rest >= VARIANT_PART)


def _longest(facts: Facts, start: int, end: int) -> int:
    return max(_rests(facts, start, end), default=0)


def _rests(facts: Facts, start: int, end: int) -> Iterator[int]:
    pieces = facts.worked_from(start)
    return (right - left for left, right in gaps(pieces, start, end))
