"""What people record on an incident: typed facts, closing and reopening. Nothing is overwritten; a repeat changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa import labels, logs
from webcare_pwa.errors import Invalid, NotPossibleNow
from webcare_pwa.models.attached import attached_to, closed, covered
from webcare_pwa.models.audit import record as audit
from webcare_pwa.models.in_force import closure_in_force
from webcare_pwa.models.incident import Closure, Incident, Reopening
from webcare_pwa.models.progress import Progress
from webcare_pwa.steps.case import open_case

MOMENT = timedelta(microseconds=1)
OUTCOMES = frozenset(labels.WORDS["outcome"])


def record(
    session: Session, incident_id: int, kind: str, *, by: int, note: str = "", party: str = "",
    promised_at: datetime | None = None, token: str, now: datetime,
) -> Progress:
    """Record one fact. Also on a closed incident: what happened, happened. Raises `Invalid` for an unknown kind, or a time
    that has passed already."""
    incident = open_case(session, incident_id)
    for known in incident.progress:
        if known.client_token == token:
            return known
    if kind not in labels.WORDS["progress"]:
        raise Invalid("Kies wat u wilt vastleggen.", {"kind": "Kies wat u wilt vastleggen."})
    if kind == "contractor_eta_recorded" and promised_at is None:
        raise Invalid("Vul in hoe laat de aannemer komt.", {"promised_at": "Vul een tijd in, bijvoorbeeld 03:00."})
    row = Progress(
        incident_id=incident_id, person_id=by, at=now, kind=kind, note=note.strip()[:4000], party=party.strip()[:120],
        promised_at=promised_at, client_token=token,
    )
    session.add(row)
    session.flush()
    audit(session, "progress", "incident", incident_id, now=now, by=by, organisation_id=incident.organisation_id, kind=kind)
    logs.hop("progress.recorded", incident_id=incident_id, kind=kind, person_id=by)
    return row


def close(
    session: Session, incident_id: int, outcome: str, *, by: int, note: str, token: str, now: datetime
) -> Closure:
    """Close the incident, and with it what is worked on under it. Closed already: the closure in force is returned and nothing
    changes. Raises `Invalid` for an unknown outcome, or without a note where the next person needs one."""
    incident = open_case(session, incident_id)
    in_force = closure_in_force(incident)
    if in_force:
        return in_force
    if outcome not in OUTCOMES:
        raise Invalid("Kies hoe het is afgelopen.", {"outcome": "Kies hoe het is afgelopen."})
    if outcome in ("made_safe", "referred", "own_cost") and not note.strip():
        raise Invalid("Schrijf kort op wat er nog moet gebeuren.", {"note": "Schrijf kort op wat er nog moet gebeuren."})
    at = _not_before(now, (each.at + MOMENT for each in incident.reopenings))
    rows = [
        Closure(incident_id=each, person_id=by, at=at, outcome=outcome, note=note.strip()[:4000], client_token=key)
        for each, key in [(incident_id, token), *_covered_by(session, incident_id, now)]
    ]
    session.add_all(rows)
    session.flush()
    row = rows[0]
    audit(session, "close", "incident", incident_id, now=now, by=by, organisation_id=incident.organisation_id,
          outcome=outcome)
    logs.hop("incident.closed", incident_id=incident_id, outcome=outcome, person_id=by)
    return row


def _covered_by(session: Session, head_id: int, now: datetime) -> list[tuple[int, str]]:
    """Open incidents under this head, each with a token; what pages by itself is closed by itself."""
    query = select(Incident.id).where(Incident.id.in_(attached_to(session, head_id)), covered(), ~closed(Incident.id))
    return [(each, f"head:{head_id}:{int(now.timestamp() * 1000)}") for each in session.scalars(query)]


def reopen(session: Session, incident_id: int, *, by: int, token: str, now: datetime) -> Reopening:
    """A person reopens a closed incident. Who it pages is up to `steps/triage.py`."""
    incident = open_case(session, incident_id)
    for known in incident.reopenings:
        if known.client_token == token:
            return known
    if closure_in_force(incident) is None:
        raise NotPossibleNow("Dit incident is al open.")
    return add_reopening(session, incident, now=now, token=token, person_id=by)


def add_reopening(
    session: Session, incident: Incident, *, now: datetime, token: str, person_id: int | None = None,
    message_id: int | None = None,
) -> Reopening:
    """Write the reopening of a closed incident."""
    at = _not_before(now, (each.at for each in incident.closures))
    row = Reopening(
        incident_id=incident.id, person_id=person_id, message_id=message_id, at=at, client_token=token
    )
    session.add(row)
    session.flush()
    audit(session, "reopen", "incident", incident.id, now=now, by=person_id, organisation_id=incident.organisation_id)
    logs.hop("incident.reopened", incident_id=incident.id, person_id=person_id, message_id=message_id)
    return row


def _not_before(now: datetime, others: Iterable[datetime]) -> datetime:
    """A closing and a reopening count by their order: also when the clock was set back between them."""
    return max([now, *others])
