"""What a page needs to know of a case, in a fixed number of queries however many cases there are: much less than a screen does
(`models/situation.py`), and by far the most often asked. Only for the worker: there are no organisation walls here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webcare_pwa.models import case_rows
from webcare_pwa.models.dwelling import Complex
from webcare_pwa.models.facts import facts_of
from webcare_pwa.models.in_force import worst_verdict
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.report import Report
from webcare_pwa.rules.facts import ReportFacts


@dataclass(frozen=True)
class Brief:
    """One incident, in the words of `Situation`."""

    urgency: str
    category: str
    danger_to_self: bool
    facts: ReportFacts
    complex: Complex | None


def briefs(session: Session, incident_ids: Collection[int]) -> dict[int, Brief]:
    """The briefs of those incidents that exist and hold a report."""
    if not incident_ids:
        return {}
    rows = session.scalars(
        select(Incident)
        .where(Incident.id.in_(incident_ids))
        .options(selectinload(Incident.reports).options(selectinload(Report.messages), selectinload(Report.verdicts)))
        .execution_options(populate_existing=True)
    )
    incidents = {each.id: each for each in rows if each.reports}
    homes = case_rows.dwellings(session, incidents)
    return {number: _brief(each, homes[number].complex if number in homes else None) for number, each in incidents.items()}


def _brief(incident: Incident, building: Complex | None) -> Brief:
    verdict = worst_verdict(incident.reports)
    return Brief(verdict.urgency, verdict.category, verdict.danger_to_self, facts_of(incident.reports[0]), building)
