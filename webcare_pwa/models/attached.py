"""Incidents that belong to the outage of another one, their head. Derived: an attachment counts until it is taken back.

A covered incident is not open by itself: its head is worked on in its place. Never covered is what must page by itself: danger,
a vulnerable person in the home, something urgent while nobody is called about the head; nor what is open under a closed head.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from webcare_pwa.models.incident import Acknowledgement, Closure, Incident, IncidentReport, Reopening, Round
from webcare_pwa.models.outage import Attachment, Detachment
from webcare_pwa.models.report import Message, Verdict
from webcare_pwa.rules.grouping import VULNERABLE


@cache
def in_force() -> ColumnElement[bool]:
    """SQL: the attachment was not taken back."""
    return ~select(Detachment.id).where(Detachment.attachment_id == Attachment.id).exists()


def closed(incident_id: ColumnElement[int] | object) -> ColumnElement[bool]:
    """SQL: there is a closure, and no reopening at or after the newest one."""
    return (
        select(Closure.id)
        .where(Closure.incident_id == incident_id,
               ~select(Reopening.id)
               .where(Reopening.incident_id == Closure.incident_id, Reopening.at >= Closure.at).exists())
        .exists()
    )


@cache
def covered() -> ColumnElement[bool]:
    """SQL, of `Incident`: its head is worked on in its place. Built once: a burst asks it for each report."""
    return (
        select(Attachment.id)
        .where(Attachment.incident_id == Incident.id, in_force(), ~closed(Attachment.into_id), ~_pages_itself(),
               ~and_(_newest_verdict(Verdict.urgency == "spoed"), ~_called(Attachment.into_id)))
        .exists()
    )


def is_covered(session: Session, incident_id: int) -> bool:
    """Is this incident worked on under another one?"""
    return session.scalar(select(Incident.id).where(Incident.id == incident_id, covered())) is not None


def covered_of(session: Session, incident_ids: Collection[int]) -> frozenset[int]:
    """Which of these incidents are."""
    return frozenset(session.scalars(select(Incident.id).where(Incident.id.in_(incident_ids), covered())))


def heads(session: Session, incident_ids: Collection[int]) -> dict[int, int]:
    """Incident id -> its head, for those that are attached, covered or not."""
    query = select(Attachment.incident_id, Attachment.into_id).where(Attachment.incident_id.in_(incident_ids), in_force())
    return dict(session.execute(query).all())


def attached_to(session: Session, head_id: int) -> list[int]:
    """Ids of the incidents attached to this head, oldest first."""
    query = select(Attachment.incident_id).where(Attachment.into_id == head_id, in_force())
    return list(session.scalars(query.order_by(Attachment.incident_id)))


def attachment_of(session: Session, incident_id: int) -> Attachment | None:
    """The attachment of this incident that counts now."""
    query = select(Attachment).where(Attachment.incident_id == incident_id, in_force())
    return session.scalars(query.order_by(Attachment.id.desc()).limit(1)).one_or_none()


def _pages_itself() -> ColumnElement[bool]:
    told = (
        select(Message.id)
        .join(IncidentReport, IncidentReport.report_id == Message.report_id)
        .where(IncidentReport.incident_id == Attachment.incident_id, Message.facts["answers"][VULNERABLE].as_string() == "yes")
    )
    return or_(_newest_verdict(or_(Verdict.urgency == "noodgeval", Verdict.danger_to_self)), told.exists())


def _newest_verdict(what: ColumnElement[bool]) -> ColumnElement[bool]:
    later = aliased(Verdict)
    return (
        select(Verdict.id)
        .join(IncidentReport, IncidentReport.report_id == Verdict.report_id)
        .where(IncidentReport.incident_id == Attachment.incident_id, what,
               ~select(later.id).where(later.report_id == Verdict.report_id, later.number > Verdict.number).exists())
        .exists()
    )


def _called(incident_id: object) -> ColumnElement[bool]:
    """Was anybody called about it, or did somebody take it?"""
    return or_(
        select(Round.id).where(Round.incident_id == incident_id).exists(),
        select(Acknowledgement.id).where(Acknowledgement.incident_id == incident_id).exists(),
    )
