"""Loading an incident to act on it, locked so that two people at once follow each other."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from webcare_pwa.errors import NotFound
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.report import Report


def open_case(session: Session, incident_id: int) -> Incident:
    """The incident with all that decides its state. Raises `NotFound`. The caller has checked the organisation."""
    session.execute(_lock(), {"incident_id": incident_id})
    incident = session.scalars(_whole(), {"incident_id": incident_id}).one_or_none()
    if incident is None:
        raise NotFound()
    for report in incident.reports:  # reading again unloads what led here: a message must still know its report
        for message in report.messages:
            set_committed_value(message, "report", report)
    return incident


def look_at(session: Session, incident_id: int) -> Incident:
    """The same to look only: not locked, and with no more than tells who has it and whether it is closed."""
    incident = session.scalars(_state(), {"incident_id": incident_id}).one_or_none()
    if incident is None:
        raise NotFound()
    return incident


@cache  # built once: every act on an incident asks these
def _lock() -> Select[int]:
    return select(Incident.id).where(Incident.id == bindparam("incident_id")).with_for_update()


@cache
def _state() -> Select[Incident]:
    query = select(Incident).where(Incident.id == bindparam("incident_id")).options(
        selectinload(Incident.rounds), selectinload(Incident.acknowledgements), selectinload(Incident.transfers),
        selectinload(Incident.closures), selectinload(Incident.reopenings),
    )
    return query.execution_options(populate_existing=True)


@cache
def _whole() -> Select[Incident]:
    return (
        select(Incident)
        .where(Incident.id == bindparam("incident_id"))
        .options(
            selectinload(Incident.reports).options(selectinload(Report.messages), selectinload(Report.verdicts)),
            selectinload(Incident.rounds), selectinload(Incident.acknowledgements), selectinload(Incident.transfers),
            selectinload(Incident.closures), selectinload(Incident.reopenings), selectinload(Incident.progress),
        )
        .execution_options(populate_existing=True)
    )
