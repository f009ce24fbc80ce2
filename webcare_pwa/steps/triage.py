"""Taking up what came in: a verdict, an incident, a round, the automatic texts. One transaction per batch, one savepoint per
message, so that a message that cannot be handled holds up no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webcare_pwa import logs
from webcare_pwa.house import House
from webcare_pwa.models.facts import facts_of
from webcare_pwa.models.incident import Incident, IncidentReport
from webcare_pwa.models.report import Message, Report
from webcare_pwa.rules import paging
from webcare_pwa.rules.triage import Judgement
from webcare_pwa.rules.urgency import highest
from webcare_pwa.steps import automatic_replies, escalation, outage
from webcare_pwa.steps.addition import take_up_addition
from webcare_pwa.steps.assessment import FAILED_REASON, add_verdict, assess, tell_danger
from webcare_pwa.steps.reach import Reach

Act = Callable[[Session, Message, Reach, House], None]


def take_up_waiting(
    session: Session, *, now: datetime, house: House, limit: int = 25, skip: frozenset[int] = frozenset()
) -> tuple[int, frozenset[int]]:
    """Handle the messages that have had no verdict yet, oldest first, but not those to skip.

    Returns how many were looked at, and the ids of those that could not be handled: they stay waiting, and the caller skips
    them until its next tick, so that they hold up no other.
    """
    waiting = session.scalars(
        select(Message)
        .where(Message.judged_at.is_(None), Message.id.not_in(skip))
        .order_by(Message.id)
        .limit(limit)
        .options(selectinload(Message.report).options(selectinload(Report.messages), selectinload(Report.verdicts)))
        .with_for_update(skip_locked=True)
    ).all()
    reach, failed = Reach(session, now), set()
    for message in waiting:
        number = message.id
        if not any(_tried(session, message, reach, house, act) for act in (take_up, page_anyway)):
            failed.add(number)
    return len(waiting), frozenset(failed)


def _tried(session: Session, message: Message, reach: Reach, house: House, act: Act) -> bool:
    number = message.id
    try:
        with session.begin_nested():
            act(session, message, reach, house)
    except Exception:  # noqa: BLE001  whatever it is, this message has a second way and the others must go on
        logs.trouble("triage.failed", message_id=number, way=act.__name__)
        session.refresh(message)
        return False
    return True


def take_up(session: Session, message: Message, reach: Reach, house: House) -> None:
    """Judge one message and do what follows from it."""
    message.judged_at = reach.now
    if message.kind == "report":
        _open(session, message, reach, house)
    else:
        take_up_addition(session, message, reach=reach, house=house)


def page_anyway(session: Session, message: Message, reach: Reach, house: House) -> None:
    """When something clever failed: no rules and no texts, only an urgent case and people called."""
    message.judged_at = reach.now
    report = message.report
    known = session.scalar(select(IncidentReport.incident_id).where(IncidentReport.report_id == report.id))
    level = highest("spoed", report.verdicts[-1].urgency if report.verdicts else "spoed")
    category = report.verdicts[-1].category if report.verdicts else "overig"
    add_verdict(report, Judgement(level, category, False, (FAILED_REASON,), False), now=reach.now, message_id=message.id)
    incident = session.get_one(Incident, known) if known else _incident(session, report, reach)
    session.flush()
    escalation.start_round(session, incident, "addition" if known else "opened", level, reach=reach, house=house)


def _incident(session: Session, report: Report, reach: Reach) -> Incident:
    incident = Incident(organisation_id=report.organisation_id, opened_at=reach.now)
    session.add(incident)
    session.flush()
    session.add(IncidentReport(incident_id=incident.id, report_id=report.id, at=reach.now))
    return incident


def _open(session: Session, message: Message, reach: Reach, house: House) -> None:
    report = message.report
    office_open = reach.office_open(report.organisation_id)
    judgement = assess(facts_of(report), office_open=office_open, now=reach.now, house=house)
    add_verdict(report, judgement, now=reach.now, message_id=message.id)
    incident = _incident(session, report, reach)
    logs.hop("incident.opened", incident_id=incident.id, report_id=report.id, urgency=judgement.urgency,
             category=judgement.category)
    _tell_tenant(session, incident, report, judgement, office_open, reach, house)
    home = facts_of(report).dwelling_id
    covered = outage.group(session, incident, home, judgement.category, now=reach.now, house=house)
    if paging.wakes(judgement.urgency, office_open=office_open) and not covered:
        escalation.start_round(session, incident, "opened", judgement.urgency, reach=reach, house=house)


def _tell_tenant(
    session: Session, incident: Incident, report: Report, judgement: Judgement, office_open: bool, reach: Reach,
    house: House,
) -> None:
    reach.organisation(report.organisation_id)  # so that the texts of the whole batch find it in the session
    tell_danger(session, incident, report, judgement, now=reach.now, house=house, new=True)
    if not judgement.danger_to_self:
        template = paging.receipt_template(judgement.urgency, office_open=office_open)
        automatic_replies.send(session, incident, report, template, now=reach.now, house=house, new=True)
