"""5:9, the rules of consignation that look at one duty: R1 age, R3 around night shifts, R4 thirteen hours in 24."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from webcare_pwa.rules.law import days
from webcare_pwa.rules.law.calls import Work
from webcare_pwa.rules.law.facts import Facts
from webcare_pwa.rules.law.finding import Finding
from webcare_pwa.rules.law.minutes import Stretch, common, total, union
from webcare_pwa.rules.law.windows import sums

DAY = 24 * 60
HOUR = 60


def age(facts: Facts) -> Iterator[Finding]:
    """R1, 5:9(1): no standby before the birthday. Without birth date it is not known and not looked at."""
    born = facts.person.birth_date
    if born is None:
        return
    least = facts.settings.min_age_years
    grown = days.starts(birthday(born, least).toordinal())
    for start, end in facts.standby:
        if start < grown and facts.touches(start, min(end, grown)):
            had = birthday_count(born, start)
            yield Finding("R1", start, min(end, grown), had, least)


def birthday(born: date, years: int) -> date:
    """The day somebody turns that age; born on 29 February it is 1 March in other years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def born(adult_on: date | None) -> date | None:
    """The birth date of who turns eighteen on a day."""
    return birthday(adult_on, -18) if adult_on else None


def birthday_count(born: date, at: int) -> int:
    """Age in whole years at a minute."""
    day = date.fromordinal(days.day_of(at))
    return max(0, day.year - born.year - (day < birthday(born, day.year - born.year)))


def around_nights(facts: Facts) -> Iterator[Finding]:
    """R3, 5:9(3): no standby 11 hours before and 14 hours after a planned night shift."""
    before, after = facts.settings.hours_before_night_shift * HOUR, facts.settings.hours_after_night_shift * HOUR
    for start, end in _night_work(facts):
        yield from _rest(facts, (start - before, start), before=True)
        yield from _rest(facts, (end, end + after), before=False)


def _rest(facts: Facts, window: Stretch, *, before: bool) -> Iterator[Finding]:
    found = common(facts.standby, [window])
    if found and facts.touches(*window):
        rest = window[1] - found[-1][1] if before else found[0][0] - window[0]
        yield Finding("R3", window[0], window[1], rest, window[1] - window[0])


def _night_work(facts: Facts) -> list[Stretch]:
    """Planned night shifts; call-outs with more than an hour at night only when the setting says so."""
    found = [(duty.starts, duty.ends) for duty in facts.nights]
    if facts.settings.night_callout_is_night_shift:
        found += [(call.starts, call.until) for call in facts.call_work if _at_night(call) > HOUR]
    return union(found)


def _at_night(call: Work) -> int:
    return total(days.nights(call.starts, call.until))


def thirteen_hours(facts: Facts) -> Iterator[Finding]:
    """R4, 5:9(4): who has standby works at most 13 hours in every 24, call-outs included, from whatever minute."""
    if not facts.standby and not facts.call_work:
        return
    limit = facts.settings.max_work_minutes_per_24h
    first, last = facts.period[0] - DAY + 1, facts.period[1] - 1
    for piece in sums(facts.hours, DAY, first, last):
        high = piece.above(limit)
        if high is not None:
            value, at = high.most
            yield Finding("R4", at, at + DAY, value, limit, first=high.first, last=high.last + DAY)
