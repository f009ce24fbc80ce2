"""Who is on duty now, for paging and for screens alike; and where the rota has a hole. Reads only, never writes.

Every answer about people comes from `rules/rota.py` on the plan that `models/plan.py` reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.models import plan as plans
from webcare_pwa.models.live_contacts import reachable
from webcare_pwa.models.plan_parts import on_leave
from webcare_pwa.rules import hours as office
from webcare_pwa.rules.access import COORDINATOR as COORDINATOR_ROLE
from webcare_pwa.rules.escalation import BACKUP, COORDINATOR, DAY_LINE, FIRST_LINE, POOL
from webcare_pwa.rules.rota import LEAVE, Shift, on_call_at, shifts_between
from webcare_pwa.rules.rota_plan import RotaPlan
from webcare_pwa.steps.standing import standing

COMING = timedelta(days=14)  # how far ahead "the coming shift" is looked for

NOBODY, NOT_ALLOWED, ON_LEAVE, NO_DEVICE = "nobody", "not_allowed", "on_leave", "no_device"


@dataclass(frozen=True)
class Gap:
    """Duty time in which nobody reachable has the first line.

    `reason`: nobody (planned) | not_allowed (disabled, or lacks a role or skill) | on_leave | no_device (that can wake him).
    """

    starts_at: datetime
    ends_at: datetime
    reason: str
    person_id: int | None = None


def people_for(session: Session, organisation_id: int, who: str, at: datetime) -> list[int]:
    """Ids of the enabled people that a step of the escalation means, most wanted first; empty when there is nobody.

    `who`: first_line | backup | day_line | coordinator | pool. Raises ValueError for anything else. First line and backup
    change places while the first line is not confirmed (`steps/standing.py`).
    """
    if who == COORDINATOR:
        return plans.people_with_role(session, organisation_id, COORDINATOR_ROLE)
    desk_id = plans.desk_of(session, organisation_id)
    if who == POOL:
        pool = plans.people_allowed(session, desk_id)
        return sorted(pool - on_leave(session, pool, at) or pool)  # all of them away: silence is worse
    if who in (FIRST_LINE, BACKUP):
        stands = standing(session, desk_id, at)
        return _listed(stands.first if who == FIRST_LINE else stands.backup)
    if who == DAY_LINE:
        return _day_line(session, organisation_id, desk_id, at)
    raise ValueError(f"no such step: {who}")


def is_office_open(session: Session, organisation_id: int, at: datetime) -> bool:
    """Is the office of the organisation open?"""
    return office.is_open(plans.hours_of(session, organisation_id), at)


def next_closing(session: Session, organisation_id: int, at: datetime) -> datetime | None:
    """When the office closes next; None when it has no hours."""
    return office.next_closing(plans.hours_of(session, organisation_id), at)


def desk_is_on_duty(session: Session, desk_id: int, at: datetime) -> bool:
    """Is it duty time: is at least one organisation of the desk closed?"""
    return not all(office.is_open(hours, at) for hours in plans.hours_of_desk(session, desk_id))


def gaps(session: Session, desk_id: int, start: datetime, end: datetime, plan: RotaPlan | None = None) -> list[Gap]:
    """The gaps of a desk in [start, end), in order. `plan`: the rota of the desk, when it was read already."""
    plan = plan or plans.rota_plan(session, desk_id, (start, end))
    duty = office.duty_between(plans.hours_of_desk(session, desk_id), start, end)
    shifts = shifts_between(plan, FIRST_LINE, start, end)
    able = reachable(session, {shift.person_id for shift in shifts if shift.person_id is not None})
    found = []
    for shift in shifts:
        if shift.person_id in able:
            continue
        reason = reason_of(shift)
        for left, right in duty:
            if left < shift.ends_at and right > shift.starts_at:
                found.append(Gap(max(left, shift.starts_at), min(right, shift.ends_at), reason, shift.planned_id))
    return found


def reason_of(shift: Shift) -> str:
    """Why a shift is a gap, when it is one."""
    if shift.person_id is not None:
        return NO_DEVICE
    if shift.planned_id is None:
        return NOBODY
    return ON_LEAVE if shift.source == LEAVE else NOT_ALLOWED


def planned_until(session: Session, desk_id: int, start: datetime, end: datetime) -> datetime | None:
    """From when on nobody at all is planned on the first line, to the end of [start, end); None when somebody is."""
    last = shifts_between(plans.rota_plan(session, desk_id, (start, end)), FIRST_LINE, start, end)[-1]
    return last.starts_at if last.planned_id is None else None


def _day_line(session: Session, organisation_id: int, desk_id: int, at: datetime) -> list[int]:
    """Who has the day line; when nobody: the first line now, else of the coming shift, and the coordinators."""
    plan = plans.rota_plan(session, desk_id, (at, at + COMING))
    day = on_call_at(plan, DAY_LINE, at)
    if day is not None:
        return [day]
    coordinators = plans.people_with_role(session, organisation_id, COORDINATOR_ROLE)
    return list(dict.fromkeys([*_listed(_coming(plan, at)), *coordinators]))


def _coming(plan: RotaPlan, at: datetime) -> int | None:
    shifts = shifts_between(plan, FIRST_LINE, at, at + COMING)
    return next((shift.person_id for shift in shifts if shift.person_id is not None), None)


def _listed(person_id: int | None) -> list[int]:
    return [] if person_id is None else [person_id]
