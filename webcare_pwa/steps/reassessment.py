"""A person changes the urgency, or reopens. Only a person may lower."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.errors import Invalid, NotPossibleNow
from webcare_pwa.house import House
from webcare_pwa.models.audit import record
from webcare_pwa.models.in_force import closure_in_force, owner_id, worst_verdict
from webcare_pwa.models.incident import Acknowledgement, Incident, Reopening
from webcare_pwa.models.report import Verdict
from webcare_pwa.rules import paging
from webcare_pwa.rules.triage import Judgement
from webcare_pwa.rules.urgency import RANK
from webcare_pwa.steps import automatic_replies, escalation, progress
from webcare_pwa.steps.assessment import add_verdict, tell_danger
from webcare_pwa.steps.case import open_case
from webcare_pwa.steps.reach import Reach

CLOSED = "Dit incident is gesloten. Heropen het eerst, dan kunt u de urgentie wijzigen."
NEEDS_REASON = "Schrijf op waarom dit geen noodgeval meer is."


def change_urgency(
    session: Session, incident_id: int, urgency: str, *, by: int, reason: str, now: datetime, house: House
) -> Verdict:
    """Set the urgency of all reports of the incident. Lowering a noodgeval needs a reason; the tenant is told of a lowering,
    and gets the fixed instruction when it becomes a noodgeval. Raising it starts a new round (which he who owns it has
    acknowledged with this very act). Raises `Invalid`, and `NotPossibleNow` when closed: nobody may be called for that."""
    incident = open_case(session, incident_id)
    before = worst_verdict(incident.reports)
    if urgency not in RANK:
        raise Invalid("Kies een urgentie.", {"urgency": "Kies een urgentie."})
    if before.urgency == urgency:
        return before
    if closure_in_force(incident):
        raise NotPossibleNow(CLOSED)
    lowered = RANK[urgency] < RANK[before.urgency]
    if lowered and before.urgency == "noodgeval" and not reason.strip():
        raise Invalid(NEEDS_REASON, {"reason": NEEDS_REASON})
    for report in incident.reports:
        why = reason.strip()[:500] or "Aangepast door de dienst."
        verdict = Judgement(urgency, report.verdicts[-1].category, False, (why,), False)
        add_verdict(report, verdict, now=now, by=by)
        if lowered:
            automatic_replies.send(session, incident, report, "auto_lager", now=now, house=house)
        else:
            tell_danger(session, incident, report, verdict, now=now, house=house)
    session.flush()
    record(session, "change_urgency", "incident", incident_id, now=now, by=by,
           organisation_id=incident.organisation_id, before=before.urgency, after=urgency)
    logs.hop("incident.reassessed", incident_id=incident_id, before=before.urgency, after=urgency, person_id=by)
    if not lowered:
        _raise(session, incident, urgency, by, Reach(session, now), house)
    return worst_verdict(incident.reports)


def reopen(session: Session, incident_id: int, *, by: int, token: str, now: datetime, house: House) -> Reopening:
    """A person reopens a closed incident. He owns it again if he owned it, otherwise the duty is called when it is urgent."""
    row = progress.reopen(session, incident_id, by=by, token=token, now=now)
    incident = open_case(session, incident_id)
    reach = Reach(session, now)
    urgency = worst_verdict(incident.reports).urgency
    wakes = paging.wakes(urgency, office_open=reach.office_open(incident.organisation_id))
    if wakes and owner_id(incident) != by:
        escalation.start_round(session, incident, "reopened", urgency, reach=reach, house=house)
    return row


def _raise(session: Session, incident: Incident, urgency: str, by: int, reach: Reach, house: House) -> None:
    if not paging.wakes(urgency, office_open=reach.office_open(incident.organisation_id)):
        return
    owned = owner_id(incident) == by
    row = escalation.open_round(session, incident, "raised", urgency, reach=reach)
    if owned:
        session.add(Acknowledgement(
            incident_id=incident.id, round_id=row.id, person_id=by, at=reach.now, via="screen",
            client_token=f"raised:{row.id}",
        ))
    else:
        escalation.advance(session, row, incident.organisation_id, reach=reach, house=house)
