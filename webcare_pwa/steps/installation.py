"""A service that refuses this installation (its key, its account, a setting) is no fault of anybody's contact: it is written
down once, shown on the health screen and mailed to who coordinates and administers, and ends when a message is taken again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa import letters, logs
from webcare_pwa.clock import local
from webcare_pwa.labels import WORDS
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.guard import ProviderFault, open_faults
from webcare_pwa.models.person import Person, Role
from webcare_pwa.ports import Delivered, OurFault, Outcome
from webcare_pwa.rules.access import PLANNERS
from webcare_pwa.steps import mail


def note(session: Session, rows: Sequence[Delivery], found: Mapping[int, Outcome], *, now: datetime) -> None:
    """Look at what the services answered; the contact method of each row must be loaded. Pushes are not looked at."""
    answers = [(row.contact_method.kind, found[row.id]) for row in rows if row.contact_method is not None]
    if not answers:
        return
    known = {fault.kind: fault for fault in open_faults(session)}
    for kind, outcome in answers:
        if isinstance(outcome, Delivered) and kind in known:
            known.pop(kind).ended_at = now
            logs.hop("provider.works", kind=kind)
        elif isinstance(outcome, OurFault) and kind not in known:
            known[kind] = ProviderFault(kind=kind, detail=outcome.detail[:200], since=now)
            session.add(known[kind])
            session.flush()
            _tell(session, known[kind], now)
    session.flush()


def _tell(session: Session, fault: ProviderFault, now: datetime) -> None:
    logs.trouble("provider.refuses", kind=fault.kind, detail=fault.detail)
    what = WORDS["contact_kind"][fault.kind]
    planners = select(Role.person_id).where(Role.role.in_(PLANNERS))
    people = select(Person).where(Person.id.in_(planners), Person.disabled_at.is_(None)).order_by(Person.id)
    for person in session.scalars(people):
        letter = letters.write("installation", name=person.first_name, what=what, detail=fault.detail, at=f"{local(now):%H:%M}")
        mail.queue_mail(session, key=f"installation:{fault.id}:p{person.id}", to=person.email, subject=letter.subject,
                        body=letter.body, now=now)
