"""Setting up: a desk with its lines and escalation, an organisation with its number and hours, its first administrator."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.errors import Invalid
from webcare_pwa.models import audit
from webcare_pwa.models import person as people
from webcare_pwa.models.organisation import OfficeHours, Organisation
from webcare_pwa.models.person import Person, Role
from webcare_pwa.models.policy import as_row
from webcare_pwa.models.rota import Desk, Line
from webcare_pwa.rules import contact_details, escalation
from webcare_pwa.rules.access import ADMINISTRATOR
from webcare_pwa.rules.default_policy import DEFAULT_POLICY
from webcare_pwa.rules.hours import Hours
from webcare_pwa.steps import entry

LINES = (escalation.FIRST_LINE, escalation.BACKUP, escalation.DAY_LINE)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,38}")


def desk(session: Session, name: str, *, now: datetime) -> Desk:
    """The desk with this name; a new one gets its lines and the default escalation as rows that can be changed."""
    known = session.scalars(select(Desk).where(Desk.name == name)).first()
    if known is not None:
        return known
    made = Desk(name=name, created_at=now)
    made.lines = [Line(code=code, position=position) for position, code in enumerate(LINES)]
    session.add(made)
    session.flush()
    for urgency, steps in DEFAULT_POLICY.items():
        session.add_all(as_row(made.id, urgency, position, step) for position, step in enumerate(steps))
    session.flush()
    return made


def organisation(
    session: Session, *, desk_id: int, slug: str, name: str, number: str, hours: Hours, now: datetime
) -> Organisation:
    """Add an organisation. Raises `Invalid` (fields slug, name, number): none may be without a 24-hour number."""
    mistakes = {
        "slug": "" if _SLUG.fullmatch(slug) else "Gebruik 2 tot 39 kleine letters, cijfers of streepjes.",
        "name": "" if name.strip() else "Vul de naam van de corporatie in.",
        "number": "" if contact_details.phone(number) else "Vul het nummer in dat dag en nacht wordt opgenomen.",
    }
    if session.scalar(select(Organisation.id).where(Organisation.slug == slug)) is not None:
        mistakes["slug"] = "Er is al een corporatie met deze naam in het adres."
    wrong = {field: sentence for field, sentence in mistakes.items() if sentence}
    if wrong:
        raise Invalid("De corporatie is niet toegevoegd.", wrong)
    made = Organisation(
        desk_id=desk_id, slug=slug, name=name.strip(), emergency_number=contact_details.phone(number), created_at=now
    )
    made.office_hours = [OfficeHours(weekday=day, opens=opens, closes=closes) for day, (opens, closes) in sorted(hours.items())]
    session.add(made)
    session.flush()
    audit.record(session, "organisation_made", "organisation", made.id, now=now, organisation_id=made.id)
    return made


def administrator(
    session: Session, made: Organisation, *, name: str, email: str, base_url: str, now: datetime, real_now: datetime
) -> str:
    """The first administrator; returns the address where he chooses a password. Raises `Invalid` (field email)."""
    address = contact_details.email(email).lower()
    if not address:
        raise Invalid("Dit is geen e-mailadres.", {"email": "Dit is geen e-mailadres."})
    person = people.by_email(session, address) or Person(name=name.strip() or address, email=address, created_at=now)
    person.roles.append(Role(organisation_id=made.id, role=ADMINISTRATOR))
    session.add(person)
    session.flush()
    audit.record(session, "role_given", "person", person.id, now=now, organisation_id=made.id, role=ADMINISTRATOR)
    token = entry.make(session, person, "invite", by=None, now=now, real_now=real_now)
    return f"{base_url}/access/{token}"
