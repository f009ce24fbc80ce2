"""Running the escalation policy: starting a round and carrying out each step when it is due."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, selectinload

from webcare_pwa import logs
from webcare_pwa.house import House
from webcare_pwa.models.alert import Alert, Escalation
from webcare_pwa.models.incident import Acknowledgement, Closure, Incident, Refusal, Round
from webcare_pwa.rules import paging
from webcare_pwa.rules.escalation import EMPTY, NOT_NEEDED, PAGED, POOL, Done, Next, next_step
from webcare_pwa.steps import alerting, urgency
from webcare_pwa.steps.reach import Reach
from webcare_pwa.steps.unreached import tell_unreached

FAILED = frozenset({"gone", "refused", "failed"})



def start_round(
    session: Session, incident: Incident, reason: str, level: str, *, reach: Reach, house: House,
    started_at: datetime | None = None,
) -> Round:
    """Begin calling people for an incident; the first step is carried out at once."""
    row = open_round(session, incident, reason, level, reach=reach, started_at=started_at)
    advance(session, row, incident.organisation_id, reach=reach, house=house)
    return row


def open_round(
    session: Session, incident: Incident, reason: str, level: str, *, reach: Reach, started_at: datetime | None = None
) -> Round:
    """Write the row of a new round; nobody is called yet."""
    number = session.scalar(select(func.max(Round.number)).where(Round.incident_id == incident.id)) or 0
    row = Round(
        incident_id=incident.id, number=number + 1, started_at=started_at or reach.now, reason=reason, urgency=level
    )
    session.add(row)
    session.flush()
    logs.hop("round.started", incident_id=incident.id, round=row.number, reason=reason, urgency=level)
    return row


def escalate_overdue(session: Session, *, now: datetime, house: House) -> int:
    """Carry out every step that is due. Returns how many incidents were looked at."""
    reach = Reach(session, now)
    running = running_rounds(session)
    for row, organisation_id in running:
        if urgency.of_incident(session, row.incident_id) in paging.URGENT:
            advance(session, row, organisation_id, reach=reach, house=house)
    return len(running)


def running_rounds(session: Session) -> list[tuple[Round, int]]:
    """The newest round of each incident that is neither acknowledged nor closed since, with the organisation's id."""
    later_round = aliased(Round)
    later = select(later_round.id).where(
        later_round.incident_id == Round.incident_id, later_round.number > Round.number
    )
    taken = select(Acknowledgement.id).where(Acknowledgement.round_id == Round.id)
    closed = select(Closure.id).where(Closure.incident_id == Round.incident_id, Closure.at >= Round.started_at)
    query = (
        select(Round, Incident.organisation_id)
        .join(Incident, Incident.id == Round.incident_id)
        .where(~later.exists(), ~taken.exists(), ~closed.exists())
        .order_by(Round.id)
    )
    return [(row, organisation_id) for row, organisation_id in session.execute(query)]


def advance(session: Session, row: Round, organisation_id: int, *, reach: Reach, house: House) -> None:
    """Carry out the steps of one round that are due; a step that finds nobody is followed by the next in the same call."""
    policy = paging.policy_for_hours(
        reach.policy(organisation_id, row.urgency), office_open=reach.office_open(organisation_id)
    )
    refused = _refusals(session, row)
    while True:
        history = _history(session, row)
        step = next_step(policy, row.started_at, history, refused, reach.now, emergency=row.urgency == "noodgeval")
        if step is None or step.due_at > reach.now:
            return
        outcome = _carry_out(session, row, organisation_id, step, refused, reach)
        if outcome == EMPTY and step.step.who == POOL:
            tell_unreached(session, row.incident_id, now=reach.now, house=house)
        if outcome == PAGED:
            return


def _carry_out(
    session: Session, row: Round, organisation_id: int, step: Next, refused: dict[int, datetime], reach: Reach
) -> str:
    people = _callable(step, organisation_id, refused, reach)
    outcome = NOT_NEEDED if step.step.via == "next_contact" else PAGED if people else EMPTY
    done = Escalation(
        round_id=row.id, position=step.position, repeat=step.repeat, who=step.step.who, at=reach.now, outcome=outcome,
        due_at=step.planned_at if outcome == NOT_NEEDED else step.due_at,
    )
    session.add(done)
    session.flush()
    logs.hop("escalation.step", incident_id=row.incident_id, round=row.number, position=step.position,
             repeat=step.repeat, who=step.step.who, outcome=outcome)
    if outcome == PAGED:
        alerting.call(
            session, reach, people, kind="step", key=f"round{row.id}:step{step.position}:{step.repeat}",
            incident_id=row.incident_id, round_id=row.id, escalation_id=done.id,
        )
    return outcome


def _callable(step: Next, organisation_id: int, refused: dict[int, datetime], reach: Reach) -> list[int]:
    """Who of the step has a live device and did not refuse; at the pool step refusers are called again."""
    people = reach.people(organisation_id, step.step.who)
    wanted = people if step.step.who == POOL else [person for person in people if person not in refused]
    return list(reach.devices(wanted))


def _history(session: Session, row: Round) -> tuple[Done, ...]:
    rows = session.scalars(
        select(Escalation)
        .where(Escalation.round_id == row.id)
        .options(selectinload(Escalation.alerts).selectinload(Alert.deliveries))
        .order_by(Escalation.id)
        .execution_options(populate_existing=True)
    )
    return tuple(
        Done(each.position, each.repeat, each.who, each.due_at, _outcome(each), frozenset(a.person_id for a in each.alerts))
        for each in rows
    )


def _outcome(row: Escalation) -> str:
    """A step whose every page was turned down by the push services reached nobody after all."""
    deliveries = [delivery for alert in row.alerts for delivery in alert.deliveries]
    if row.outcome == PAGED and deliveries and all(each.outcome in FAILED for each in deliveries):
        return EMPTY
    return row.outcome


def _refusals(session: Session, row: Round) -> dict[int, datetime]:
    rows = session.scalars(select(Refusal).where(Refusal.round_id == row.id).order_by(Refusal.id.desc()))
    return {each.person_id: each.at for each in rows}
