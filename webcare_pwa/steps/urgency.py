"""The urgency of incidents: the highest of its reports' newest verdicts, without loading the whole case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webcare_pwa.models.incident import IncidentReport
from webcare_pwa.models.report import Verdict
from webcare_pwa.rules.urgency import highest


def of_incidents(session: Session, incident_ids: Collection[int]) -> dict[int, str]:
    """noodgeval, spoed, werkdag or geen per incident, in one query."""
    newest = (
        select(func.max(Verdict.id).label("id"), IncidentReport.incident_id)
        .join(IncidentReport, IncidentReport.report_id == Verdict.report_id)
        .where(IncidentReport.incident_id.in_(incident_ids))
        .group_by(Verdict.report_id, IncidentReport.incident_id)
        .subquery()
    )
    levels: dict[int, list[str]] = defaultdict(list)
    for incident_id, level in session.execute(
        select(newest.c.incident_id, Verdict.urgency).join(newest, newest.c.id == Verdict.id)
    ):
        levels[incident_id].append(level)
    return {each: highest(*levels[each]) for each in incident_ids}
