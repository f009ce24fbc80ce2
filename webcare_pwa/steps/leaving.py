"""Logging out on purpose. Who is on duty may do so, but the coordinator hears of it when nothing can wake him any more.

A session that merely expires never comes here: its devices go on being paged.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa import letters
from webcare_pwa.clock import local
from webcare_pwa.models import audit, plan
from webcare_pwa.models.live_contacts import reachable
from webcare_pwa.models.person import Person, Role
from webcare_pwa.rules.access import COORDINATOR, DUTY
from webcare_pwa.rules.rota import shifts_between
from webcare_pwa.steps import devices, mail

SOON = timedelta(hours=24)


def has_duty(session: Session, person_id: int, *, now: datetime) -> bool:
    """Has he a shift on any line, now or within 24 hours?"""
    for desk in plan.desks_for(session, organisations_of(session, person_id, DUTY)):
        rota = plan.rota_plan(session, desk.id, (now, now + SOON))
        for line in rota.lines:
            if any(shift.person_id == person_id for shift in shifts_between(rota, line, now, now + SOON)):
                return True
    return False


def leave(session: Session, person_id: int, *, endpoint: str, link: str, now: datetime) -> None:
    """Log out; `endpoint` is this browser's push address ("" when it has none), which then gets no more pages.

    `link` leads the coordinator to the rota.
    """
    devices.remove_endpoint(session, endpoint, by=person_id, now=now)
    session.flush()
    audit.record(session, "logged_out", "person", person_id, now=now, by=person_id)
    if has_duty(session, person_id, now=now) and not reachable(session, [person_id]):
        _tell_coordinators(session, session.get_one(Person, person_id), link, now)


def _tell_coordinators(session: Session, person: Person, link: str, now: datetime) -> None:
    audit.record(session, "unreachable", "person", person.id, now=now, by=person.id)
    letter = letters.write("unreachable", name=person.name, at=f"{local(now):%H:%M}", link=link)
    for coordinator in coordinators(session, organisations_of(session, person.id, DUTY)):
        mail.queue_mail(
            session,
            key=f"unreachable:{person.id}:{now:%Y%m%d%H%M}:{coordinator.id}",
            to=coordinator.email,
            subject=letter.subject,
            body=letter.body,
            now=now,
        )


def coordinators(session: Session, organisations: frozenset[int]) -> list[Person]:
    """Who must hear it when somebody of these organisations cannot be reached."""
    ids = {person for organisation in organisations for person in plan.people_with_role(session, organisation, COORDINATOR)}
    return list(session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)))


def organisations_of(session: Session, person_id: int, role: str) -> frozenset[int]:
    """Where he has that role."""
    return frozenset(session.scalars(select(Role.organisation_id).where(Role.person_id == person_id, Role.role == role)))
