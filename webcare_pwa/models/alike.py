"""The open incidents of one complex and category group, as values for `rules/grouping.py`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session, aliased

from webcare_pwa.models.attached import closed, heads, in_force
from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.models.incident import Acknowledgement, Incident, IncidentReport
from webcare_pwa.models.outage import Attachment, Detachment
from webcare_pwa.models.report import Message, Verdict
from webcare_pwa.rules.grouping import WITHIN, Like

LOOKED_AT = 50  # of a block of five hundred the newest tell enough: what agreed before is attached already


def in_complex(
    session: Session, organisation_id: int, complex_id: int, group: str, categories: Collection[str], around: datetime
) -> list[Like]:
    """The newest of those opened within two hours of a moment and not closed, attached ones too, newest first. `categories`:
    those of the group."""
    homes = {str(each) for each in session.scalars(select(Dwelling.id).where(Dwelling.complex_id == complex_id))}
    later = aliased(Verdict)
    home = cast(Message.facts["dwelling_id"].as_string(), String)
    query = (
        select(Incident.id, Incident.opened_at, Verdict.urgency)
        .join(IncidentReport, IncidentReport.incident_id == Incident.id)
        .join(Verdict, Verdict.report_id == IncidentReport.report_id)
        .join(Message, Message.report_id == IncidentReport.report_id)
        .where(Incident.organisation_id == organisation_id, Incident.opened_at >= around - WITHIN,
               Incident.opened_at <= around + WITHIN, Verdict.category.in_(categories), home.in_(homes), ~closed(Incident.id),
               ~select(later.id).where(later.report_id == Verdict.report_id, later.number > Verdict.number).exists())
        .order_by(Incident.id.desc())
        .limit(LOOKED_AT)
    )
    rows = {row.id: row for row in session.execute(query)}
    head_of, ids = heads(session, rows), list(rows)
    owned = set(session.scalars(select(Acknowledgement.incident_id).where(Acknowledgement.incident_id.in_(ids))))
    leading = set(session.scalars(select(Attachment.into_id).where(Attachment.into_id.in_(ids), in_force())))
    apart = _kept_apart(session, ids)
    return [
        Like(row.id, complex_id, group, row.opened_at, row.urgency, row.id in owned, head_of.get(row.id),
             row.id in leading, row.id in apart)
        for row in rows.values()
    ]


def _kept_apart(session: Session, ids: Collection[int]) -> set[int]:
    query = select(Attachment.incident_id).join(Detachment, Detachment.attachment_id == Attachment.id)
    return set(session.scalars(query.where(Attachment.incident_id.in_(ids), Detachment.person_id.is_not(None))))
