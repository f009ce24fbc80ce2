"""What an operator sees right after he stored a report, before or after it was taken up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webcare_pwa.models.facts import facts_of
from webcare_pwa.models.incident import IncidentReport
from webcare_pwa.models.report import Report
from webcare_pwa.rules.facts import ReportFacts


@dataclass(frozen=True)
class Stored:
    """A stored report; `incident_id` is None until it was taken up, a moment later."""

    report: Report
    facts: ReportFacts
    warnings: list[str]
    incident_id: int | None


def stored(session: Session, organisations: Iterable[int], report_id: int) -> Stored | None:
    """That report, when it belongs to one of the organisations."""
    if not 0 < report_id < 2**31:
        return None
    report = session.scalars(
        select(Report).where(Report.id == report_id, Report.organisation_id.in_(organisations))
        .options(selectinload(Report.messages))
    ).one_or_none()
    if report is None:
        return None
    incident_id = session.scalars(
        select(IncidentReport.incident_id).where(IncidentReport.report_id == report_id)
    ).one_or_none()
    warnings = [sentence for message in report.messages for sentence in message.facts.get("warnings", ())]
    return Stored(report, facts_of(report), warnings, incident_id)
