"""The urgency of an incident: the highest of its reports' newest verdicts, without loading the whole case."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webcare_pwa.models.incident import IncidentReport
from webcare_pwa.models.report import Verdict
from webcare_pwa.rules.triage import highest


def of_incident(session: Session, incident_id: int) -> str:
    """noodgeval, spoed, werkdag or geen."""
    newest = (
        select(func.max(Verdict.id))
        .join(IncidentReport, IncidentReport.report_id == Verdict.report_id)
        .where(IncidentReport.incident_id == incident_id)
        .group_by(Verdict.report_id)
    )
    levels = session.scalars(select(Verdict.urgency).where(Verdict.id.in_(newest))).all()
    return highest(*levels)
