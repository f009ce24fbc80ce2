"""Giving and taking roles. No organisation loses its last administrator."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webcare_pwa.errors import NotPossibleNow
from webcare_pwa.models import audit
from webcare_pwa.models.person import Person, Role, roles_of
from webcare_pwa.rules import authority
from webcare_pwa.rules.access import ADMINISTRATOR
from webcare_pwa.rules.viewer import Viewer

LAST_ONE = "Dit is de laatste beheerder. Maak eerst iemand anders beheerder."


def give(session: Session, person: Person, wanted: authority.Roles, *, actor: Viewer, now: datetime) -> None:
    """From now on he has these roles and no others. Raises `NotPossibleNow` for the last administrator."""
    had = roles_of(person)
    keep_an_administrator(session, person, had, wanted)
    person.roles = [role for role in person.roles if (role.organisation_id, role.role) in wanted] + [
        Role(organisation_id=organisation, role=role) for organisation, role in sorted(wanted - had)
    ]
    for act, pairs in (("role_given", wanted - had), ("role_taken", had - wanted)):
        for organisation, role in sorted(pairs):
            audit.record(
                session, act, "person", person.id, now=now, by=actor.person_id, organisation_id=organisation, role=role
            )
    session.flush()


def keep_an_administrator(session: Session, person: Person, had: authority.Roles, wanted: authority.Roles) -> None:
    """Raises `NotPossibleNow` when an organisation would be left without one."""
    for organisation, role in had - wanted:
        if role == ADMINISTRATOR and not _other_administrators(session, organisation, person.id):
            raise NotPossibleNow(LAST_ONE)


def _other_administrators(session: Session, organisation_id: int, person_id: int) -> int:
    return (
        session.scalar(
            select(func.count(Role.id))
            .join(Person, Person.id == Role.person_id)
            .where(
                Role.organisation_id == organisation_id,
                Role.role == ADMINISTRATOR,
                Person.disabled_at.is_(None),
                Person.id != person_id,
            )
        )
        or 0
    )
