"""Running the escalation policy: starting a round and carrying out each step when it is due."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.house import House
from webcare_pwa.models.alert import Escalation
from webcare_pwa.models.incident import Incident, Round
from webcare_pwa.models.running import running_rounds
from webcare_pwa.rules import paging
from webcare_pwa.rules.escalation import EMPTY, NOT_NEEDED, PAGED, POOL, Next, Step, next_step
from webcare_pwa.steps import alerting, history, urgency, whom
from webcare_pwa.steps.history import Past
from webcare_pwa.steps.reach import Reach
from webcare_pwa.steps.unreached import tell_unreached


def start_round(
    session: Session, incident: Incident, reason: str, level: str, *, reach: Reach, house: House,
    started_at: datetime | None = None, first_id: int | None = None,
) -> Round:
    """Begin calling people for an incident; the first step is carried out at once. `first_id` is asked in place of the
    first line: who had it, or who should have it now."""
    row = open_round(session, incident, reason, level, reach=reach, started_at=started_at, first_id=first_id)
    _advance(session, row, incident.organisation_id, Past(), reach, house)
    return row


def open_round(
    session: Session, incident: Incident, reason: str, level: str, *, reach: Reach, started_at: datetime | None = None,
    first_id: int | None = None,
) -> Round:
    """Write the row of a new round; nobody is called yet. It keeps the policy as it stands now: an edit in the middle of
    the night changes the next round, never the step that a running one is at."""
    number = session.scalar(select(func.max(Round.number)).where(Round.incident_id == incident.id)) or 0
    row = Round(
        incident_id=incident.id, number=number + 1, started_at=started_at or reach.now, reason=reason, urgency=level,
        first_id=first_id, policy=[asdict(step) for step in reach.policy(incident.organisation_id, level)],
    )
    session.add(row)
    session.flush()
    logs.hop("round.started", incident_id=incident.id, round=row.number, reason=reason, urgency=level)
    return row


def escalate_overdue(session: Session, *, now: datetime, house: House) -> int:
    """Carry out every step that is due. Returns how many incidents were looked at."""
    reach = Reach(session, now)
    running = running_rounds(session)
    levels = urgency.of_incidents(session, [row.incident_id for row, _ in running])
    pasts = history.of_rounds(session, [row.id for row, _ in running])
    for row, organisation_id in running:
        if levels[row.incident_id] in paging.URGENT:
            _advance(session, row, organisation_id, pasts[row.id], reach, house)
    return len(running)


def advance(session: Session, row: Round, organisation_id: int, *, reach: Reach, house: House) -> None:
    """Carry out the steps of one round that are due; a step that finds nobody is followed by the next in the same call."""
    _advance(session, row, organisation_id, history.of_round(session, row.id), reach, house)


def _advance(session: Session, row: Round, organisation_id: int, past: Past, reach: Reach, house: House) -> None:
    policy = paging.policy_for_hours(
        _policy(row, organisation_id, reach), office_open=reach.office_open(organisation_id)
    )
    while True:
        step = next_step(policy, row.started_at, past.done, past.refused, reach.now, emergency=row.urgency == "noodgeval")
        if step is None or step.due_at > reach.now:
            return
        outcome = _carry_out(session, row, organisation_id, step, past, reach)
        if outcome == EMPTY and step.step.who == POOL:
            tell_unreached(session, row.incident_id, now=reach.now, house=house)
        if outcome == PAGED:
            return
        past = history.of_round(session, row.id)


def _carry_out(
    session: Session, row: Round, organisation_id: int, step: Next, past: Past, reach: Reach
) -> str:
    people = whom.called(step.step.who, row.first_id, organisation_id, past, reach)
    outcome = whom.outcome(step.step, people, reach)
    done = Escalation(
        round_id=row.id, position=step.position, repeat=step.repeat, who=step.step.who, at=reach.now, outcome=outcome,
        due_at=step.planned_at if outcome == NOT_NEEDED else step.due_at,
    )
    session.add(done)
    session.flush()
    logs.hop("escalation.step", incident_id=row.incident_id, round=row.number, position=step.position,
             repeat=step.repeat, who=step.step.who, outcome=outcome)
    if outcome != NOT_NEEDED:
        alerting.call(
            session, reach, people, kind="step", key=f"round{row.id}:step{step.position}:{step.repeat}",
            incident_id=row.incident_id, round_id=row.id, escalation_id=done.id,
            emergency=row.urgency == "noodgeval",
        )
    return outcome


def _policy(row: Round, organisation_id: int, reach: Reach) -> tuple[Step, ...]:
    """The steps the round began with; a round of before they were kept follows the desk's."""
    if row.policy is None:
        return reach.policy(organisation_id, row.urgency)
    return tuple(Step(**step) for step in row.policy)
