"""R6a: rest after night calls (5:9(6)a), and the advice on sleep. A night is 00:00 to 06:00 of one day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from webcare_pwa.rules.law import days
from webcare_pwa.rules.law.breach import ADVICE
from webcare_pwa.rules.law.calls import Work
from webcare_pwa.rules.law.facts import Facts
from webcare_pwa.rules.law.finding import Finding
from webcare_pwa.rules.law.minutes import gaps, within


@dataclass(frozen=True)
class LastCall:
    """The last call of a night, and the work it gave."""

    at: int
    work: Work


def last_calls(facts: Facts) -> list[LastCall]:
    """Per night with a call, the last one that came between 00:00 and 06:00. A call during planned work is none."""
    calls = ((at, work) for work in facts.call_work for at in work.calls)
    found = {days.day_of(at): LastCall(at, work) for at, work in calls if days.is_night(at) and not within(at, facts.worked)}
    return list(found.values())


def short_rests(facts: Facts) -> list[tuple[int, Finding]]:
    """R6a: when the call came, and the rest that fell short. Either 8 hours right after the work, or, when a planned shift
    begins before any rest, 8 hours between 06:00 and 24:00."""
    least = facts.settings.night_rest_minutes
    found = []
    for call in last_calls(facts):
        rest = _rest_after(facts, call.work)
        if rest is None or rest >= least:
            continue
        start, end = call.work.until, call.work.until + least
        if rest == 0 and _shift_at(facts, call.work):
            day = days.day_of(call.at)
            start, end = days.night_of(day)[1], days.starts(day + 1)
            rest = max((right - left for left, right in gaps(facts.all_work, start, end)), default=0)
        if rest < least:
            found.append((call.at, Finding("R6a", start, end, rest, least)))
    return found


def sleep(facts: Facts) -> Iterator[Finding]:
    """The advice: a call came at night and the next planned shift begins within 8 hours of its end. No rule of law."""
    least = facts.settings.sleep_hours_after_night_call * 60
    pieces = facts.worked
    for call in last_calls(facts):
        place = bisect_left(pieces, (call.at, 0))
        if place == len(pieces):
            continue
        rest = max(0, pieces[place][0] - call.work.until)
        window = call.work.until, call.work.until + least
        if rest < least and facts.touches(*window):
            yield Finding("SLEEP", *window, rest, least, ADVICE)


def _rest_after(facts: Facts, work: Work) -> int | None:
    """Minutes without any work after it; None: no work follows."""
    place = bisect_left(facts.all_work, (work.until + 1, 0)) - 1  # the stretch that holds the end of the work, or ends there
    if facts.all_work[place][1] > work.until:
        return 0
    after = place + 1
    return facts.all_work[after][0] - work.until if after < len(facts.all_work) else None


def _shift_at(facts: Facts, work: Work) -> bool:
    """Does planned work begin, or go on, where the work of the call ends?"""
    return any(start <= work.until and end > work.ends for start, end in facts.worked)
