"""The alarm when the office has opened and nobody takes over an urgent case of the night."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.clock import local
from webcare_pwa.models import organisation as organisations_
from webcare_pwa.models import plan
from webcare_pwa.models.acceptance import Acceptance
from webcare_pwa.models.in_force import is_open
from webcare_pwa.models.incident import Incident, IncidentReport, Round
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.report import Verdict
from webcare_pwa.rules import hours as office
from webcare_pwa.rules.paging import URGENT
from webcare_pwa.steps import alerting, urgency

OVERDUE_AFTER = timedelta(minutes=30)  # after the office opened
OVERDUE_NOTE = "Een spoedmelding van vannacht is nog niet overgenomen"
_LONGEST_OPEN = timedelta(days=1)


def alarm(session: Session, now: datetime) -> int:
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
