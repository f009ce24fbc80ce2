"""People: invite, give and take roles, shut out. All inside the organisations the actor may decide about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from webcare_pwa.errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from webcare_pwa.models import audit
from webcare_pwa.models import organisation as organisations
from webcare_pwa.models import person as people
from webcare_pwa.models.device import Device
from webcare_pwa.models.person import Person, roles_of
from webcare_pwa.rules import authority
from webcare_pwa.rules.access import ADMINISTRATOR
from webcare_pwa.rules.viewer import Viewer
from webcare_pwa.steps import entry, link_mail
from webcare_pwa.steps.roles import give, keep_an_administrator

NOT_HIS = "Deze persoon werkt ook voor een corporatie waar u dit niet mag. Vraag het de beheerder daar."


@dataclass(frozen=True)
class NewPerson:
    """What the form says of somebody new; already checked and trimmed."""

    name: str
    email: str
    phone: str
    roles: authority.Roles


def find(session: Session, person_id: int, *, actor: Viewer) -> Person:
    """A person the actor may see: one who works in an organisation where he plans."""
    person = session.get(Person, person_id)
    if person is None or not authority.shares_organisation(actor, roles_of(person)):
        raise NotFound()
    return person


def invite(
    session: Session, new: NewPerson, *, actor: Viewer, base_url: str, now: datetime, real_now: datetime
) -> tuple[Person, str]:
    """Add a person and mail the invitation; returns him and the link to show once.

    Somebody who already works for another corporation only gets the roles: he has a login, so the link is "".
    """
    if not new.roles:
        raise Invalid("Kies ten minste één rol.", {"roles": "Kies ten minste één rol."})
    known = people.by_email(session, new.email)
    elsewhere = bool(known and not known.disabled_at and not authority.shares_organisation(actor, roles_of(known)))
    if known and not elsewhere:
        _take_back(known, new, actor)
    person = known or Person(name=new.name, email=new.email, phone=new.phone, created_at=now)
    session.add(person)
    session.flush()
    give(session, person, (roles_of(person) if elsewhere else frozenset()) | new.roles, actor=actor, now=now)
    if elsewhere:
        return person, ""
    by = session.get_one(Person, actor.person_id)
    served = organisations.names(session, {organisation for organisation, _ in new.roles})
    return person, link_mail.send_invitation(
        session, person, organisation=served, by=by, base_url=base_url, now=now, real_now=real_now
    )


def change(
    session: Session, person_id: int, *, name: str, phone: str, roles: authority.Roles, actor: Viewer, now: datetime
) -> Person:
    """Change name, phone and the roles in the organisations the actor administers; roles elsewhere stay as they are."""
    person = find(session, person_id, actor=actor)
    mine = actor.organisations(frozenset({ADMINISTRATOR}))
    if not mine & {organisation for organisation, _ in roles_of(person)}:
        raise NotAllowed(NOT_HIS)
    elsewhere = frozenset(pair for pair in roles_of(person) if pair[0] not in mine)
    person.name, person.phone = name, phone
    give(session, person, elsewhere | roles, actor=actor, now=now)
    return person


def reset(
    session: Session, person_id: int, *, actor: Viewer, base_url: str, now: datetime, real_now: datetime
) -> tuple[Person, str]:
    """Make a reset link for a colleague: mailed to him, and returned when the actor may see it ("" when not)."""
    person = find(session, person_id, actor=actor)
    if not authority.may_send_link(actor, roles_of(person)):
        raise NotAllowed("Alleen een beheerder mag een link maken voor een beheerder.")
    if person.disabled_at:
        raise NotPossibleNow("Dit account is afgesloten.")
    address = link_mail.send_reset(session, person, base_url=base_url, by=actor.person_id, now=now, real_now=real_now)
    return person, address if authority.covers(actor, roles_of(person)) else ""


def disable(session: Session, person_id: int, *, actor: Viewer, now: datetime, real_now: datetime) -> Person:
    """Shut a leaver out: sessions, links and devices end at once. His shifts stay, so that the gap is seen."""
    person = find(session, person_id, actor=actor)
    if person.id == actor.person_id:
        raise NotPossibleNow("U kunt uzelf niet afsluiten.")
    if not authority.covers(actor, roles_of(person)):
        raise NotAllowed(NOT_HIS)
    if person.disabled_at:
        return person
    keep_an_administrator(session, person, roles_of(person), frozenset())
    person.disabled_at = now
    person.session_version += 1
    session.execute(update(Device).where(Device.person_id == person.id, Device.removed_at.is_(None)).values(removed_at=now))
    entry.void_links(session, person.id, real_now=real_now)
    audit.record(session, "disabled", "person", person.id, now=now, by=actor.person_id)
    return person


def _take_back(person: Person, new: NewPerson, actor: Viewer) -> None:
    """A leaver returns under his old address: open again, and he must choose a new password."""
    if not person.disabled_at or not authority.covers(actor, roles_of(person)):
        raise Invalid("Dit e-mailadres is al in gebruik.", {"email": "Er is al iemand met dit e-mailadres."})
    person.disabled_at, person.password_hash = None, None
    person.name, person.phone = new.name, new.phone
