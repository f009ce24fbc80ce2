"""Telling the tenant, and the coordinator, that the duty was not reached. Once per case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webcare_pwa.house import House
from webcare_pwa.models.attached import attached_to, covered_of
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.report import Report
from webcare_pwa.steps import alerting, automatic_replies

UNREACHED = "auto_niemand_aangenomen"
NOTE = "Melding {number}: niemand van de dienst is bereikt"


def tell_unreached(session: Session, incident_id: int, *, now: datetime, house: House) -> None:
    """`auto_niemand_aangenomen` to each tenant of the incident and of those under it, and an alarm to the coordinators."""
    under = covered_of(session, attached_to(session, incident_id))
    incidents = session.scalars(
        select(Incident)
        .where(Incident.id.in_([incident_id, *under]))
        .options(selectinload(Incident.reports).selectinload(Report.messages))
    ).all()
    for each in incidents:
        for report in each.reports:
            automatic_replies.send(session, each, report, UNREACHED, now=now, house=house)
    incident = next(each for each in incidents if each.id == incident_id)
    alerting.alarm(
        session, incident.organisation_id, NOTE.format(number=incident.reports[0].id), key=f"unreached:{incident_id}",
        now=now, incident_id=incident_id,
    )
