"""Taking up what came in: a verdict, an incident, a round, the automatic texts. One transaction per batch, one savepoint per
message, so that a message that cannot be handled holds up no other."""

from __future__ import annotations

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
from webcare_pwa.steps import escalation, replies
from webcare_pwa.steps.addition import take_up_addition
from webcare_pwa.steps.assessment import add_verdict, assess, tell_danger
from webcare_pwa.steps.reach import Reach


def take_up_waiting(session: Session, *, now: datetime, house: House, limit: int = 25) -> int:
    """Handle the messages that have had no verdict yet, oldest first. Returns how many were taken up."""
    waiting = session.scalars(
        select(Message)
        .where(Message.judged_at.is_(None))
        .order_by(Message.id)
        .limit(limit)
        .options(selectinload(Message.report).options(selectinload(Report.messages), selectinload(Report.verdicts)))
        .with_for_update(skip_locked=True)
    ).all()
    reach = Reach(session, now)
    for message in waiting:
        try:
            with session.begin_nested():
                take_up(session, message, reach=reach, house=house)
        except Exception:  # noqa: BLE001  whatever it is, the other messages must go on; this one is tried again
            logs.trouble("triage.failed", message_id=message.id, report_id=message.report_id)
    return len(waiting)


def take_up(session: Session, message: Message, *, reach: Reach, house: House) -> None:
    """Judge one message and do what follows from it."""
    message.judged_at = reach.now
    if message.kind == "report":
        _open(session, message, reach, house)
    else:
        take_up_addition(session, message, reach=reach, house=house)


def _open(session: Session, message: Message, reach: Reach, house: House) -> None:
    report = message.report
    office_open = reach.office_open(report.organisation_id)
    judgement = assess(facts_of(report), office_open=office_open, now=reach.now, house=house)
    add_verdict(report, judgement, now=reach.now, message_id=message.id)
    incident = Incident(organisation_id=report.organisation_id, opened_at=reach.now)
    session.add(incident)
    session.flush()
    session.add(IncidentReport(incident_id=incident.id, report_id=report.id, at=reach.now))
    logs.hop("incident.opened", incident_id=incident.id, report_id=report.id, urgency=judgement.urgency,
             category=judgement.category)
    _tell_tenant(session, incident, report, judgement, office_open, reach, house)
    if paging.wakes(judgement.urgency, office_open=office_open):
        escalation.start_round(session, incident, "opened", judgement.urgency, reach=reach, house=house)


def _tell_tenant(
    session: Session, incident: Incident, report: Report, judgement: Judgement, office_open: bool, reach: Reach,
    house: House,
) -> None:
    reach.organisation(report.organisation_id)  # so that the texts of the whole batch find it in the session
    tell_danger(session, incident, report, judgement, now=reach.now, house=house, new=True)
    if not judgement.danger_to_self:
        template = paging.receipt_template(judgement.urgency, office_open=office_open)
        replies.automatic(session, incident, report, template, now=reach.now, house=house, new=True)
