"""The organisation walls for an act: checked in the query, before a step that knows no viewer is called."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.errors import NotFound
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.report import Message, Photo, Report
from webcare_pwa.models.rota import Desk, Line, Override
from webcare_pwa.models.transfer import Transfer


def require_incident(session: Session, incident_id: int, organisations: frozenset[int]) -> None:
    """Raises `NotFound` unless the incident exists within the walls."""
    query = select(Incident.id).where(Incident.id == incident_id, Incident.organisation_id.in_(organisations))
    if session.scalar(query) is None:
        raise NotFound()


def require_transfer(session: Session, incident_id: int, transfer_id: int, organisations: frozenset[int]) -> None:
    """Raises `NotFound` unless the transfer is one of that incident, within the walls."""
    require_incident(session, incident_id, organisations)
    query = select(Transfer.id).where(Transfer.id == transfer_id, Transfer.incident_id == incident_id)
    if session.scalar(query) is None:
        raise NotFound()


def jpeg_of(session: Session, photo_id: int, organisations: frozenset[int]) -> bytes:
    """The picture, when its report belongs to one of the organisations. Raises `NotFound`."""
    jpeg = session.scalar(
        select(Photo.jpeg).join(Message, Message.id == Photo.message_id).join(Report, Report.id == Message.report_id)
        .where(Photo.id == photo_id, Report.organisation_id.in_(organisations))
    )
    if jpeg is None:
        raise NotFound()
    return jpeg


def line_for(session: Session, line_id: int, organisations: frozenset[int]) -> Line:
    """A line of a desk that serves one of the organisations. Raises `NotFound`."""
    served = select(Organisation.desk_id).where(Organisation.id.in_(organisations))
    line = session.scalar(select(Line).where(Line.id == line_id, Line.desk_id.in_(served)))
    if line is None:
        raise NotFound()
    return line


def desk_for(session: Session, desk_id: int, organisations: frozenset[int]) -> Desk:
    """A desk of which every organisation is among these: what is decided there counts for each. Raises `NotFound`."""
    serves = set(session.scalars(select(Organisation.id).where(Organisation.desk_id == desk_id)))
    if not serves or not serves <= organisations:
        raise NotFound()
    return session.get_one(Desk, desk_id)


def override_for(session: Session, override_id: int, organisations: frozenset[int]) -> Override:
    """An override on such a line. Raises `NotFound`."""
    override = session.get(Override, override_id)
    if override is None:
        raise NotFound()
    line_for(session, override.line_id, organisations)
    return override
