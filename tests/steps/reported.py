"""Builds one reported incident by hand, for steps and screens that start after triage."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tests.builders import World
from webcare_pwa.models.incident import Incident, IncidentReport
from webcare_pwa.models.report import Message, Report, Verdict

TOLD = {
    "category": "lekkage_ernstig", "address": "Populierenlaan 88", "name": "mw. Aydın", "email": "aydin@huurder.example",
}


def report_case(
    session: Session, world: World, now: datetime, *, urgency: str = "spoed", **facts: Any
) -> tuple[Incident, Report]:
    """A leak in Waterveen, reported and judged; returns the incident and its report."""
    told = {**TOLD, "dwelling_id": world.dwelling, **facts}
    report = Report(organisation_id=world.waterveen, channel="web", external_id=f"case-{urgency}", received_at=now)
    report.messages = [Message(external_id="1", received_at=now, kind="report", raw="", text="Er loopt water.", facts=told,
                               judged_at=now)]
    report.verdicts = [Verdict(number=1, at=now, urgency=urgency, category=told["category"], reasons=["Lekkage."])]
    incident = Incident(organisation_id=world.waterveen, opened_at=now)
    session.add_all([report, incident])
    session.flush()
    session.add(IncidentReport(incident_id=incident.id, report_id=report.id, at=now))
    session.flush()
    return incident, report
