"""The urgency of incidents: the highest of its reports' newest verdicts, without loading the whole case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from webcare_pwa.models.incident import IncidentReport
from webcare_pwa.models.report import Verdict
from webcare_pwa.rules.urgency import highest


def of_incidents(session: Session, incident_ids: Collection[int]) -> dict[int, str]:
    """noodgeval, spoed, werkdag or geen per incident, in one query at most."""
    if not incident_ids:
        return {}
    levels: dict[int, list[str]] = defaultdict(list)
    for incident_id, level in session.execute(_newest(), {"ids": list(incident_ids)}):
        levels[incident_id].append(level)
    return {each: highest(*levels[each]) for each in incident_ids}


@cache  # asked some times in each tick of the worker: to build it costs more than to run it
def _newest() -> Select[*tuple[Any, ...]]:
    newest = (
        select(func.max(Verdict.id).label("id"), IncidentReport.incident_id)
        .join(IncidentReport, IncidentReport.report_id == Verdict.report_id)
        .where(IncidentReport.incident_id.in_(bindparam("ids", expanding=True)))
        .group_by(Verdict.report_id, IncidentReport.incident_id)
        .subquery()
    )
    return select(newest.c.incident_id, Verdict.urgency).join(newest, newest.c.id == Verdict.id)
