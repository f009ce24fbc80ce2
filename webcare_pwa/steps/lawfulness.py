"""The working-time law on the rota as it stands and on what really happened. Reads only, and never in the way of a call.

Standby is a shift on a line, but not the day line, in duty time. Call-outs come from the incidents. Of whom no working hours
are written down the rules on work and rest see call-outs only, and for the long free time (R2b) office hours count as work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.models import call_outs as worked
from webcare_pwa.models import plan as plans
from webcare_pwa.models.plan_parts import leave_of
from webcare_pwa.models.working import law_facts_of, work_days_of, working_hours
from webcare_pwa.rules import hours as office
from webcare_pwa.rules.escalation import DAY_LINE
from webcare_pwa.rules.holidays import USUAL
from webcare_pwa.rules.law.breach import Breach
from webcare_pwa.rules.law.check import ALL_BUT_LONG_FREE, LONG_FREE, check
from webcare_pwa.rules.law.consignation import born
from webcare_pwa.rules.law.incidents import call_outs
from webcare_pwa.rules.law.person import CallOut, Leave, Person, Shift, Span, Standby
from webcare_pwa.rules.law.settings import LawSettings
from webcare_pwa.rules.law.team import between, overlaps
from webcare_pwa.rules.rota import shifts_between
from webcare_pwa.rules.rota_plan import RotaPlan

AROUND = timedelta(weeks=17)  # so far before and after a period its windows reach
NORMS = LawSettings()

Interval = tuple[datetime, datetime]
Intervals = list[Interval]


def breaches(session: Session, people: Collection[int], period: Span, *, now: datetime) -> dict[int, tuple[Breach, ...]]:
    """By person, what the rota and the call-outs break in a period."""
    start, end = period.starts_at - AROUND, period.ends_at + AROUND
    duty = _duty(session, start, end)
    standby = _standby(session, frozenset(people), start, end, duty)
    outs = real_call_outs(session, people, start, min(end, now + timedelta(minutes=1)), duty)
    office_hours = tuple(Shift(*each) for each in between(_together(duty), start, end))
    known = _known(session, people, start, end)
    found = {}
    for each in people:
        person = replace(known[each], standby=tuple(standby[each]), call_outs=tuple(outs[each]))
        found[each] = tuple(_breaches(person, office_hours, period))
    return found


def real_call_outs(
    session: Session, people: Collection[int], start: datetime, end: datetime, duty: dict[int, Intervals] | None = None
) -> dict[int, list[CallOut]]:
    """By person, the call-outs of [start, end) as the incidents tell them, in order."""
    closed = _together(_duty(session, start, end) if duty is None else duty)
    acts: dict[tuple[int, int], list[datetime]] = defaultdict(list)
    for each in worked.acts_between(session, people, start, end):
        acts[each.person_id, each.incident_id].append(each.at)
    calls = worked.calls_between(session, people, start, end) if acts else {}
    found: dict[int, list[CallOut]] = defaultdict(list)
    for (person_id, incident_id), moments in acts.items():
        found[person_id] += call_outs(moments, calls.get((person_id, incident_id), []), closed)
    for outs in found.values():
        outs.sort(key=lambda out: out.starts_at)
    return found


def fresh(before: Sequence[Breach], after: Sequence[Breach]) -> list[Breach]:
    """What a change broke or made worse: breaches that were not there, in that place and as bad."""
    return [each for each in after if not any(_covers(known, each) for known in before)]


def _covers(known: Breach, each: Breach) -> bool:
    same = known.rule == each.rule and known.severity == each.severity
    near = known.first_at < each.last_at and each.first_at < known.last_at
    return same and near and abs(known.allowed - known.measured) >= abs(each.allowed - each.measured)


def _breaches(person: Person, office_hours: tuple[Shift, ...], period: Span) -> Iterator[Breach]:
    """All rules when his hours are known; else all but the one for which office hours are taken as work, and that one."""
    if not person.standby and not person.call_outs:
        return
    if person.work:
        yield from check(person, NORMS, period)
        return
    yield from check(person, NORMS, period, rules=ALL_BUT_LONG_FREE)
    yield from check(replace(person, work=office_hours), NORMS, period, rules=LONG_FREE)


def _known(session: Session, people: Collection[int], start: datetime, end: datetime) -> dict[int, Person]:
    """What is written down about people: their working hours, leave, and what the law asks."""
    days, facts = work_days_of(session, people), law_facts_of(session, people)
    away: dict[int, list[Leave]] = defaultdict(list)
    for each in leave_of(session, people, (start, end)):
        starts, ends = (at.replace(second=0, microsecond=0) for at in (each.starts_at, each.ends_at))
        if starts < ends:
            away[each.person_id].append(Leave(starts, ends))
    return {
        each: Person(
            str(each),
            work=tuple(shift for row in days.get(each, ()) for shift in working_hours(row).shifts(start, end, USUAL)),
            leave=tuple(away[each]),
            birth_date=born(facts[each].adult_on) if each in facts else None,
            atw_exempt=each in facts and facts[each].exempt,
            employed=each not in facts or facts[each].employed,
        )
        for each in people
    }


def _standby(
    session: Session, people: frozenset[int], start: datetime, end: datetime, duty: dict[int, Intervals]
) -> dict[int, list[Standby]]:
    found: dict[int, list[Standby]] = defaultdict(list)
    for desk_id, closed in duty.items():
        plan = plans.rota_plan(session, desk_id, (start, end))
        for line in plan.lines:
            if line != DAY_LINE:
                for person_id, stretch in _shifts(plan, line, start, end, people):
                    found[person_id] += (Standby(*each) for each in overlaps([stretch], closed))
    return found


def _shifts(
    plan: RotaPlan, line: str, start: datetime, end: datetime, people: frozenset[int]
) -> Iterator[tuple[int, Interval]]:
    for shift in shifts_between(plan, line, start, end):
        if shift.person_id is not None and shift.person_id in people:
            yield shift.person_id, (shift.starts_at, shift.ends_at)


def _duty(session: Session, start: datetime, end: datetime) -> dict[int, Intervals]:
    """By desk, when at least one of its offices is closed."""
    return {
        desk.id: office.duty_between(plans.hours_of_desk(session, desk.id), start, end) for desk in plans.real_desks(session)
    }


def _together(duty: dict[int, Intervals]) -> Intervals:
    joined: Intervals = []
    for start, end in sorted(each for stretches in duty.values() for each in stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
