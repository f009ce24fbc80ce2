"""The morning: accepting the night item by item, the mail of 07:30, and the alarm when nobody looks."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa import letters, logs
from webcare_pwa.clock import local
from webcare_pwa.house import House
from webcare_pwa.models import audit, plan
from webcare_pwa.models import organisation as organisations_
from webcare_pwa.models.case_rows import is_open
from webcare_pwa.models.incident import Acceptance, Incident, IncidentReport, Round
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.person import Person
from webcare_pwa.models.reply import Mail
from webcare_pwa.models.report import Verdict
from webcare_pwa.rules import hours as office
from webcare_pwa.rules.access import CUSTOMER_SERVICE
from webcare_pwa.rules.paging import URGENT
from webcare_pwa.steps import alerting, mail, night, urgency
from webcare_pwa.steps.case import open_case

MAIL_FROM, MAIL_UNTIL = time(7, 30), time(12)  # wall time; after a standstill it still goes out in the morning
OVERDUE_AFTER = timedelta(minutes=30)  # after the office opened
OVERDUE_NOTE = "Een spoedmelding van vannacht is nog niet overgenomen"
_LONGEST_OPEN = timedelta(days=1)


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


def overdue(session: Session, now: datetime) -> int:
    """Half an hour after the office opened, each open urgent case of the night that nobody accepted alarms the coordinator,
    once a day. Returns how many are overdue."""
    found = 0
    for organisation in organisations_.every(session):
        opened = _opened_at(session, organisation, now)
        if opened is None or now - opened < OVERDUE_AFTER:
            continue
        levels = urgency.of_incidents(session, _not_accepted(session, organisation.id, opened))
        for incident_id, level in levels.items():
            if level in URGENT:
                found += 1
                alerting.alarm(
                    session,
                    organisation.id,
                    OVERDUE_NOTE,
                    key=f"handover:{incident_id}:{local(opened).date()}",
                    now=now,
                    incident_id=incident_id,
                )
    return found


def _opened_at(session: Session, organisation: Organisation, now: datetime) -> datetime | None:
    """Since when the office is open now; None when it is closed."""
    hours = plan.hours_of(session, organisation.id)
    if not office.is_open(hours, now):
        return None
    return office.open_between(hours, now - _LONGEST_OPEN, now + timedelta(seconds=1))[-1][0]


def _not_accepted(session: Session, organisation_id: int, opened: datetime) -> list[int]:
    """Open cases from before `opened` that were urgent at some time and that nobody accepted in their newest round."""
    newest = select(Round.id).where(Round.incident_id == Incident.id).order_by(Round.number.desc()).limit(1)
    accepted = select(Acceptance.id).where(
        Acceptance.incident_id == Incident.id,
        Acceptance.round_id.is_not_distinct_from(newest.correlate(Incident).scalar_subquery()),
    )
    urgent = (
        select(Verdict.id)
        .join(IncidentReport, IncidentReport.report_id == Verdict.report_id)
        .where(IncidentReport.incident_id == Incident.id, Verdict.urgency.in_(URGENT))
    )
    query = select(Incident.id).where(
        Incident.organisation_id == organisation_id, Incident.opened_at < opened, is_open(), urgent.exists(), ~accepted.exists()
    )
    return list(session.scalars(query.order_by(Incident.id)))


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
