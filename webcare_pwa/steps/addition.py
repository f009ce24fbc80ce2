"""What a tenant adds to his report: judged like a report, it can raise the urgency, reopen, call people, or reach the owner."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa import clock
from webcare_pwa.house import House
from webcare_pwa.models import attached
from webcare_pwa.models.facts import facts_of
from webcare_pwa.models.in_force import closure_in_force, owner_id
from webcare_pwa.models.incident import Incident, IncidentReport
from webcare_pwa.models.report import Message
from webcare_pwa.rules import paging
from webcare_pwa.rules.addition import judge_addition
from webcare_pwa.rules.facts import fold
from webcare_pwa.rules.triage import Judgement
from webcare_pwa.rules.urgency import RANK, highest
from webcare_pwa.steps import alerting, escalation, progress
from webcare_pwa.steps.assessment import add_verdict, assess, read_words, tell_danger
from webcare_pwa.steps.case import open_case
from webcare_pwa.steps.reach import Reach


def take_up_addition(session: Session, message: Message, *, reach: Reach, house: House) -> None:
    """Judge one addition and do what follows. Nothing but thanks calls nobody."""
    incident_id = session.scalars(
        select(IncidentReport.incident_id).where(IncidentReport.report_id == message.report_id)
    ).one()
    incident = open_case(session, incident_id)
    was_closed, owner = closure_in_force(incident) is not None, owner_id(incident)
    office_open = reach.office_open(incident.organisation_id)
    judgement = _judge(message, incident, was_closed, owner is not None, office_open, reach, house)
    if judgement.only_thanks:
        return
    raised = _write_verdict(message, judgement, reach)
    tell_danger(session, incident, message.report, judgement, now=reach.now, house=house)
    if was_closed:
        progress.add_reopening(session, incident, now=reach.now, token=f"message:{message.id}", message_id=message.id)
    _call(session, message, incident, judgement.urgency, raised, was_closed, owner, reach, house)


def _judge(
    message: Message, incident: Incident, closed: bool, owned: bool, office_open: bool, reach: Reach, house: House
) -> Judgement:
    """The highest of what the message says by itself, what the whole report now says, and the verdict so far."""
    report = message.report
    facts, before = facts_of(report), report.verdicts[-1]
    said = judge_addition(
        message.text, facts, owned=owned, closed=closed, office_open=office_open,
        month=clock.local(reach.now).month, rulebook=house.rulebook, told=read_words(message.text, house, reach.now),
    )
    if said.only_thanks:
        return said
    urgency = highest(said.urgency, before.urgency)
    category = said.category if RANK[said.urgency] > RANK[before.urgency] else before.category
    if not message.facts:
        return replace(said, urgency=urgency, category=category)
    whole = assess(facts, office_open=office_open, now=reach.now, house=house)
    earlier = fold((each.text, each.facts) for each in report.messages if each.id < message.id)
    if RANK[whole.urgency] > RANK[assess(earlier, office_open=office_open, now=reach.now, house=house).urgency]:
        urgency = highest(urgency, whole.urgency)  # what was told now raised it; what a person lowered before stays low
    category = whole.category if whole.category != "overig" else category
    return replace(said, urgency=urgency, category=category, reasons=(*said.reasons, *_new(whole, said)))


def _new(whole: Judgement, said: Judgement) -> tuple[str, ...]:
    return tuple(reason for reason in whole.reasons if reason not in said.reasons)


def _write_verdict(message: Message, judgement: Judgement, reach: Reach) -> bool:
    """A new verdict when urgency or category changed. Tells whether the urgency went up."""
    before = message.report.verdicts[-1]
    raised = RANK[judgement.urgency] > RANK[before.urgency]
    if raised or judgement.category != before.category or judgement.danger_to_self > before.danger_to_self:
        add_verdict(message.report, judgement, now=reach.now, message_id=message.id)
    return raised


def _call(
    session: Session, message: Message, incident: Incident, urgency: str, raised: bool, was_closed: bool,
    owner: int | None, reach: Reach, house: House,
) -> None:
    session.flush()
    if attached.is_covered(session, incident.id):
        _tell_owner(session, message, incident, _owner_of_head(session, incident.id), reach)
        return
    wakes = paging.wakes(urgency, office_open=reach.office_open(incident.organisation_id))
    nobody_called = owner is None and not incident.rounds
    if wakes and (raised or was_closed or nobody_called):
        reason = "reopened" if was_closed else "raised" if raised else "addition"
        escalation.start_round(session, incident, reason, urgency, reach=reach, house=house)
    elif not was_closed:
        _tell_owner(session, message, incident, owner, reach)


def _tell_owner(session: Session, message: Message, incident: Incident, owner: int | None, reach: Reach) -> None:
    if owner is not None:
        alerting.call(session, reach, [owner], kind="addition", key=f"message:{message.id}", incident_id=incident.id)


def _owner_of_head(session: Session, incident_id: int) -> int | None:
    """Who works on it: the owner of the outage it belongs to."""
    return owner_id(open_case(session, attached.heads(session, [incident_id])[incident_id]))
