"""Taking an incident, or saying "kan niet". The rows are the stop sign: escalation looks for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.errors import NotPossibleNow
from webcare_pwa.models.audit import record
from webcare_pwa.models.in_force import acknowledgements_in_force, closure_in_force, owner_id
from webcare_pwa.models.incident import Acknowledgement, Refusal
from webcare_pwa.steps.case import open_case
from webcare_pwa.steps.refusals import refused_by


def acknowledge(session: Session, incident_id: int, *, by: int, via: str, token: str, now: datetime) -> Acknowledgement:
    """Take the incident in its current round. A second person is recorded too, but the first one owns it; the same person
    twice is one acknowledgement. Raises `NotPossibleNow` when it is closed."""
    incident = open_case(session, incident_id)
    taken = acknowledgements_in_force(incident)
    for row in taken:
        if row.person_id == by:
            return row
    if closure_in_force(incident):
        raise NotPossibleNow("Dit incident is al gesloten. U hoeft niets meer te doen.")
    row = Acknowledgement(
        incident_id=incident_id, round_id=incident.rounds[-1].id if incident.rounds else None, person_id=by, at=now,
        via=via, client_token=token,
    )
    session.add(row)
    session.flush()
    record(session, "acknowledge", "incident", incident_id, now=now, by=by, organisation_id=incident.organisation_id)
    logs.hop("incident.acknowledged", incident_id=incident_id, person_id=by, via=via, first=not taken)
    return row


def refuse(session: Session, incident_id: int, *, by: int, token: str, now: datetime) -> Refusal:
    """Say that one cannot come, in the current round; escalation moves on at the next tick. Raises `NotPossibleNow` when
    nobody is being called, or when he owns it already (then he must hand it on)."""
    incident = open_case(session, incident_id)
    if not incident.rounds or closure_in_force(incident):
        raise NotPossibleNow("Voor dit incident wordt nu niemand opgeroepen.")
    if owner_id(incident) == by:
        raise NotPossibleNow("U heeft dit incident al aangenomen. Geef het over aan een collega.")
    known = refused_by(session, incident.rounds[-1].id, by)
    if known:
        return known
    row = Refusal(incident_id=incident_id, round_id=incident.rounds[-1].id, person_id=by, at=now, client_token=token)
    session.add(row)
    session.flush()
    record(session, "refuse", "incident", incident_id, now=now, by=by, organisation_id=incident.organisation_id)
    logs.hop("incident.refused", incident_id=incident_id, person_id=by)
    return row
