"""The morning: accepting the night item by item, and the mail of 07:30."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa import letters, logs
from webcare_pwa.clock import local
from webcare_pwa.house import House
from webcare_pwa.models import audit, plan
from webcare_pwa.models import organisation as organisations_
from webcare_pwa.models.acceptance import Acceptance
from webcare_pwa.models.person import Person
from webcare_pwa.models.reply import Mail
from webcare_pwa.rules.access import CUSTOMER_SERVICE
from webcare_pwa.steps import mail, night
from webcare_pwa.steps.case import open_case

MAIL_FROM, MAIL_UNTIL = time(7, 30), time(12)  # wall time; after a standstill it still goes out in the morning


def accept(session: Session, incident_id: int, *, by: int, note: str, now: datetime) -> Acceptance:
    """Customer service takes an incident over. Whoever is second finds it accepted already."""
    incident = open_case(session, incident_id)
    round_id = incident.rounds[-1].id if incident.rounds else None
    known = session.scalars(
        select(Acceptance).where(Acceptance.incident_id == incident_id, Acceptance.round_id.is_not_distinct_from(round_id))
    ).first()
    if known is not None:
        return known
    row = Acceptance(incident_id=incident_id, round_id=round_id, person_id=by, at=now, note=note.strip()[:2000])
    session.add(row)
    session.flush()
    audit.record(session, "accept", "incident", incident_id, now=now, by=by, organisation_id=incident.organisation_id)
    logs.hop("incident.accepted", incident_id=incident_id, person_id=by)
    return row


def morning_mail(session: Session, now: datetime, house: House) -> int:
    """From 07:30 one mail a day to each customer-service person: counts and a link, no personal data. Returns how many."""
    at = local(now)
    if not MAIL_FROM <= at.time() < MAIL_UNTIL:
        return 0
    queued = 0
    for organisation in organisations_.every(session):
        people = plan.people_with_role(session, organisation.id, CUSTOMER_SERVICE)
        keys = {f"morning:{organisation.id}:{at.date()}:{person}": person for person in people}
        sent = set(session.scalars(select(Mail.key).where(Mail.key.in_(keys))))
        if not keys.keys() - sent:
            continue
        letter = _letter(night.of(session, organisation, now=now, rulebook=house.rulebook), house)
        for key in keys.keys() - sent:
            to = session.get_one(Person, keys[key]).email
            mail.queue_mail(session, key=key, to=to, subject=letter.subject, body=letter.body, now=now)
            queued += 1
    return queued


def _letter(last: night.Night, house: House) -> letters.Letter:
    return letters.write(
        "morning",
        organisation=last.organisation.name,
        waiting=len(last.waiting),
        reports=last.reports,
        urgent=last.urgent,
        late=last.late,
        link=f"{house.base_url}/handover",
    )
