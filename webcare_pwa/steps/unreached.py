"""Telling the tenant, and the coordinator, that the duty was not reached. Once per case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webcare_pwa.house import House
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.report import Report
from webcare_pwa.steps import alerting, automatic_replies

UNREACHED = "auto_niemand_aangenomen"
NOTE = "Melding {number}: niemand van de dienst is bereikt"


def tell_unreached(session: Session, incident_id: int, *, now: datetime, house: House) -> None:
    """`auto_niemand_aangenomen` to each tenant of the incident, and an alarm to the coordinators."""
    incident = session.scalars(
        select(Incident)
        .where(Incident.id == incident_id)
        .options(selectinload(Incident.reports).selectinload(Report.messages))
    ).one()
    for report in incident.reports:
        automatic_replies.send(session, incident, report, UNREACHED, now=now, house=house)
    alerting.alarm(
        session, incident.organisation_id, NOTE.format(number=incident.reports[0].id), key=f"unreached:{incident_id}",
        now=now, incident_id=incident_id,
    )
