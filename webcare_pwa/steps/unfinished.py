"""Paging again about what was acknowledged and then left: not opened, no progress, end of shift (`rules/unfinished.py`)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.house import House
from webcare_pwa.models.in_force import pending_transfer
from webcare_pwa.models.incident import Incident, Opening, Round
from webcare_pwa.rules.unfinished import REMINDER, next_call, quiet_until
from webcare_pwa.steps import alerting, escalation, shift_end
from webcare_pwa.steps.reach import Reach
from webcare_pwa.steps.taken import TakenCase, taken_cases


def record_opening(session: Session, incident_id: int, person_id: int, *, now: datetime) -> None:
    """Somebody looks at the incident's page. Once per person and round; the caller has checked the organisation."""
    if not has_opened(session, incident_id, person_id):
        session.add(Opening(incident_id=incident_id, person_id=person_id, at=now))


def has_opened(session: Session, incident_id: int, person_id: int) -> bool:
    """Did he open its page in this round?"""
    since = session.scalar(
        select(Round.started_at).where(Round.incident_id == incident_id).order_by(Round.number.desc()).limit(1)
    )
    known = select(Opening.id).where(Opening.incident_id == incident_id, Opening.person_id == person_id)
    if since is not None:
        known = known.where(Opening.at >= since)
    return session.scalar(known.limit(1)) is not None


def update_by(
    session: Session, incident_ids: Collection[int] | None, *, now: datetime, house: House
) -> dict[int, datetime]:
    """Per incident that was taken: until when its owner may be silent before he is reminded (None: of all)."""
    cases = taken_cases(session, Reach(session, now), house.rulebook, only=incident_ids)
    return {case.incident.id: quiet_until(case.facts) for case in cases}


def call_again(session: Session, *, now: datetime, house: House) -> int:
    """Remind, offer or call anew about every acknowledged urgent incident that stands still. Returns how many were paged."""
    reach, paged = Reach(session, now), 0
    for case in taken_cases(session, reach, house.rulebook):
        if not _waits(case, reach):
            session.execute(select(Incident.id).where(Incident.id == case.incident.id).with_for_update())
            for still in taken_cases(session, reach, house.rulebook, only=[case.incident.id]):
                paged += _act(session, still, reach, house)
    return paged


def _waits(case: TakenCase, reach: Reach) -> bool:
    """Nothing to do now."""
    if pending_transfer(case.incident):
        return True
    return not shift_end.has_ended(case, reach) and next_call(case.facts).due_at > reach.now


def _act(session: Session, case: TakenCase, reach: Reach, house: House) -> bool:
    if _waits(case, reach):
        return False
    if shift_end.has_ended(case, reach):
        return shift_end.pass_on(session, case, reach, house)
    call, incident = next_call(case.facts), case.incident
    logs.hop("incident.unfinished", incident_id=incident.id, round=case.round.number, kind=call.kind)
    if call.kind == REMINDER:
        key = f"reminder:{case.round.id}:{int(case.facts.last_act_at.timestamp())}"
        return bool(alerting.call(
            session, reach, [case.owner_id], kind="reminder", key=key, incident_id=incident.id, round_id=case.round.id,
            emergency=case.facts.urgency == "noodgeval"))
    escalation.start_round(
        session, incident, call.kind, case.facts.urgency, reach=reach, house=house, first_id=case.owner_id)
    return True
