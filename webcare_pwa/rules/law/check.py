"""The law check: one person, one set of norms, one period in, all breaches out. Pure; the order is by time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from webcare_pwa.rules.law import averages, consignation, free_blocks, night_calls, night_rests, persons, rests, shifts, sundays
from webcare_pwa.rules.law.breach import Breach
from webcare_pwa.rules.law.facts import Facts
from webcare_pwa.rules.law.finding import Finding, merged
from webcare_pwa.rules.law.minutes import Stretch, moment
from webcare_pwa.rules.law.person import Person, Span
from webcare_pwa.rules.law.rulings import RULINGS
from webcare_pwa.rules.law.settings import LawSettings
from webcare_pwa.rules.law.wording import message, remedy

Rule = Callable[[Facts], Iterator[Finding]]

CHAPTER_4: tuple[Rule, ...] = (persons.excluded, persons.protected)
CHAPTER_5: tuple[Rule, ...] = (
    consignation.age, free_blocks.free_days, free_blocks.long_free, consignation.around_nights, consignation.thirteen_hours,
    averages.averages, shifts.shift_length, shifts.breaks, shifts.night_length, rests.daily_rest, rests.weekly_rest,
    night_rests.after_night, night_rests.after_series, night_rests.long_rows, night_rests.how_many, sundays.free_sundays,
    persons.notice, night_calls.sleep,
)  # fmt: skip
"""With 4:2 (notice) and the advice on sleep: all that does not hold for who is exempt (Atb 2.1:1)."""


FREE_TIME: tuple[Rule, ...] = (free_blocks.free_days, free_blocks.long_free)
LONG_FREE: tuple[Rule, ...] = (free_blocks.long_free,)
ALL_BUT_LONG_FREE = tuple(rule for rule in CHAPTER_4 + CHAPTER_5 if rule not in LONG_FREE)


def check(
    person: Person, settings: LawSettings, period: Span | None = None, *, rules: tuple[Rule, ...] | None = None
) -> tuple[Breach, ...]:
    """Every breach with a window that has a minute in common with `period`; None: all that is given. `rules`: only these, for
    a caller that knows what is given too badly for the others."""
    looked_at = period.stretch if period else _whole(person)
    if looked_at is None or not person.employed:
        return ()
    facts = Facts(person, settings, looked_at)
    chosen = rules or CHAPTER_4 + CHAPTER_5
    held = [rule for rule in chosen if rule in CHAPTER_4 or not person.atw_exempt]
    found = merged(finding for rule in held for finding in rule(facts))
    return tuple(_breach(person, each) for each in sorted(found, key=lambda each: (each.starts, each.rule)))


def _whole(person: Person) -> Stretch | None:
    spans: list[Span] = [*person.standby, *person.work, *person.night_shifts, *person.call_outs, *person.leave]
    found = [each.stretch for each in spans]
    return (min(start for start, _ in found), max(end for _, end in found)) if found else None


def _breach(person: Person, finding: Finding) -> Breach:
    ruling = RULINGS[finding.rule]
    return Breach(
        rule=finding.rule,
        severity=finding.severity,
        article=ruling.article,
        person=person.id,
        starts_at=moment(finding.starts),
        ends_at=moment(finding.ends),
        first_at=moment(finding.since),
        last_at=moment(finding.until),
        measured=finding.measured,
        allowed=finding.allowed,
        unit=ruling.unit,
        message=message(finding),
        remedy=remedy(finding),
    )
