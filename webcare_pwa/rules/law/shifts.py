"""Rules that look at one planned shift: R8a its length, breaks, the length of a night shift. Call-outs do not count here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from webcare_pwa.rules.law.facts import LEAST_BREAK, Duty, Facts
from webcare_pwa.rules.law.finding import Finding
from webcare_pwa.rules.law.minutes import gaps, meets, total, union

BREAKS = ((600, 45), (330, 30))  # more work than this needs that many minutes of break, 5:4(2)
NIGHT_LENGTH, LONG_NIGHT = 600, 720  # 5:8(1), 5:8(3)
LONG_NIGHT_REST = 720
LONG_NIGHTS = ((14 * 24 * 60, 5), (52 * 7 * 24 * 60, 22))  # at most so many in that time


def shift_length(facts: Facts) -> Iterator[Finding]:
    """R8a, 5:7(2)a: at most 12 hours of work in a shift."""
    limit = facts.settings.max_shift_minutes
    for duty in _touching(facts, facts.duties):
        if duty.work > limit:
            yield Finding("R8a", duty.starts, duty.ends, duty.work, limit)


def breaks(facts: Facts) -> Iterator[Finding]:
    """BREAKS, 5:4(2): only for shifts of which all breaks are told."""
    given = facts.person.work + facts.person.night_shifts
    unknown = union(each.stretch for each in given if each.breaks is None)
    told = (duty for duty in facts.duties if not meets((duty.starts, duty.ends), unknown))
    for duty in _touching(facts, told):
        needed = next((least for more, least in BREAKS if duty.work > more), 0)
        rest = total(each for each in gaps(duty.pieces, duty.starts, duty.ends) if each[1] - each[0] >= LEAST_BREAK)
        if rest < needed:
            yield Finding("BREAKS", duty.starts, duty.ends, rest, needed)


def night_length(facts: Facts) -> Iterator[Finding]:
    """NIGHT_LENGTH, 5:8(1): at most 10 hours in a night shift. Longer, up to 12, is fine when 12 hours of rest follow and it
    happens at most 5 times in 14 x 24 hours and 22 times in 52 weeks; the earliest ones are the fine ones (5:8(3))."""
    fine: list[int] = []
    for place, duty in enumerate(facts.duties):
        if not duty.is_night or duty.work <= NIGHT_LENGTH:
            continue
        rested = place + 1 == len(facts.duties) or facts.duties[place + 1].starts - duty.ends >= LONG_NIGHT_REST
        room = all(sum(each > duty.starts - span for each in fine) < most for span, most in LONG_NIGHTS)
        if duty.work <= LONG_NIGHT and rested and room:
            fine.append(duty.starts)
        elif facts.touches(duty.starts, duty.ends):
            yield Finding("NIGHT_LENGTH", duty.starts, duty.ends, duty.work, NIGHT_LENGTH)


def _touching(facts: Facts, duties: Iterable[Duty]) -> Iterator[Duty]:
    return (each for each in duties if facts.touches(each.starts, each.ends))
