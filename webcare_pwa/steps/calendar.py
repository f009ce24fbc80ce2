"""The calendar of a desk. Reads only.

Who has a line comes from `rules/rota.py`, gaps from `steps/rota.py`: the same answers as those that page and alarm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.models import plan as plans
from webcare_pwa.models.desk_names import line_names
from webcare_pwa.models.plan_parts import holiday_rule
from webcare_pwa.rules import calendar
from webcare_pwa.rules import hours as office
from webcare_pwa.rules.calendar import Stretch
from webcare_pwa.rules.doubles import Double, doubles
from webcare_pwa.rules.periods import Period, midnight
from webcare_pwa.rules.rota import Shift
from webcare_pwa.rules.short_names import short_names
from webcare_pwa.steps import rota
from webcare_pwa.steps.calendar_days import Day, Facts, days_of
from webcare_pwa.steps.stretches import stretches_of

AROUND = timedelta(days=366)  # how far beyond what is shown the rota is read, for shifts that begin before or end after it


@dataclass(frozen=True)
class Sheet:
    """A desk in a period. `mine`: the shifts of the viewer, whole. `gaps` and `doubles` lie in the period itself.

    `names`: first names where they are clear. `lines`: what the desk calls lines for which there is no word.
    """

    days: list[Day]
    mine: list[Stretch]
    gaps: list[rota.Gap]
    doubles: list[Double]
    names: dict[int, str]
    lines: dict[str, str]


def sheet(session: Session, desk_id: int, period: Period, *, viewer: int, now: datetime) -> Sheet:
    """The days of a period, for a viewer."""
    start, end = (midnight(each) for each in period.shown)
    plan = plans.rota_plan(session, desk_id, (start - AROUND, end + AROUND))
    shifts = {line: calendar.whole_between(plan, line, start, end) for line in plan.lines}
    every = [each for line in shifts.values() for each in line]
    names = short_names(plans.names_of(session, people_of(every) | {each.person_id for each in plan.leave}))
    gaps = [
        each for each in rota.gaps(session, desk_id, start, end, plan)
        if each.reason != rota.NO_DEVICE or each.ends_at > now
    ]  # fmt: skip
    facts = Facts(names, gaps, doubles(every), holiday_rule(session, desk_id), plan.leave, viewer, now)
    duty = office.duty_between(plans.hours_of_desk(session, desk_id), start, end)
    stretches = [each for line, found in shifts.items() for each in stretches_of(line, found, gaps, duty)]
    first, after = midnight(period.first), midnight(period.after)
    return Sheet(
        list(days_of(period, stretches, facts)),
        _mine(stretches, viewer, first, after),
        [each for each in gaps if each.starts_at < after and each.ends_at > first],
        [each for each in facts.doubles if each.starts_at < after and each.ends_at > first],
        names,
        line_names(session, desk_id),
    )


def people_of(shifts: list[Shift]) -> set[int]:
    """Who has them, or was planned for them."""
    return {each for shift in shifts for each in (shift.person_id, shift.planned_id) if each is not None}


def _mine(stretches: list[Stretch], viewer: int, start: datetime, end: datetime) -> list[Stretch]:
    mine = [each for each in stretches if each.kind == calendar.SHIFT and each.person_id == viewer]
    return sorted((each for each in mine if each.starts_at < end and each.ends_at > start), key=lambda each: each.starts_at)
