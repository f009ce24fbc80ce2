"""What was reported lately of a dwelling and of the complex it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.models.facts import facts_of
from webcare_pwa.models.report import Report
from webcare_pwa.rules.facts import ReportFacts

_LOOKED_AT = 500  # newest reports looked through for neighbours


@dataclass(frozen=True)
class NearbyReport:
    """A recent report of the same dwelling, or of another one in the same complex."""

    report: Report
    facts: ReportFacts
    same_dwelling: bool


def nearby(session: Session, home: Dwelling, since: datetime) -> list[NearbyReport]:
    """Reports since that moment of this dwelling or its complex, newest first."""
    reports = session.scalars(
        select(Report)
        .where(Report.organisation_id == home.organisation_id, Report.received_at >= since)
        .options(selectinload(Report.messages))
        .order_by(Report.id.desc())
        .limit(_LOOKED_AT)
    )
    told = [(report, facts_of(report)) for report in reports]
    neighbours = _neighbours(session, home, {facts.dwelling_id for _report, facts in told if facts.dwelling_id})
    return [
        NearbyReport(report, facts, facts.dwelling_id == home.id)
        for report, facts in told if facts.dwelling_id in neighbours
    ]


def _neighbours(session: Session, home: Dwelling, ids: set[int]) -> set[int]:
    """Which of the ids are this dwelling or stand in the same complex."""
    if home.complex_id is None:
        return {home.id}
    query = select(Dwelling.id).where(Dwelling.id.in_(ids), Dwelling.complex_id == home.complex_id)
    return {home.id, *session.scalars(query)}
