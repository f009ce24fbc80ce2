"""Loading an incident to act on it, locked so that two people at once follow each other."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from webcare_pwa.errors import NotFound
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.report import Report


def open_case(session: Session, incident_id: int) -> Incident:
    """The incident with all that decides its state. Raises `NotFound`. The caller has checked the organisation."""
    session.execute(select(Incident.id).where(Incident.id == incident_id).with_for_update())
    incident = session.scalars(
        select(Incident)
        .where(Incident.id == incident_id)
        .options(
            selectinload(Incident.reports).options(selectinload(Report.messages), selectinload(Report.verdicts)),
            selectinload(Incident.rounds), selectinload(Incident.acknowledgements), selectinload(Incident.transfers),
            selectinload(Incident.closures), selectinload(Incident.reopenings), selectinload(Incident.progress),
        )
        .execution_options(populate_existing=True)
    ).one_or_none()
    if incident is None:
        raise NotFound()
    for report in incident.reports:  # reading again unloads what led here: a message must still know its report
        for message in report.messages:
            set_committed_value(message, "report", report)
    return incident
