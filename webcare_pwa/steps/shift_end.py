"""The end of a shift needs an accepted handover of what is open. The clock offers it to who has the first line now; without
a yes he is called by a new round. Who went off duty keeps it till then, and is not woken for it any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.house import House
from webcare_pwa.models.incident import Refusal
from webcare_pwa.models.transfer import BY_CLOCK, Transfer
from webcare_pwa.rules.escalation import BACKUP, FIRST_LINE
from webcare_pwa.rules.rota import on_call_at
from webcare_pwa.rules.rota_plan import RotaPlan
from webcare_pwa.rules.unfinished import SHIFT_END
from webcare_pwa.steps import alerting, escalation
from webcare_pwa.steps.reach import Reach
from webcare_pwa.steps.taken import TakenCase

NOTE = "Einde van de dienst"


def has_ended(case: TakenCase, reach: Reach) -> bool:
    """Had its owner the line when he took it, and has a colleague who can be called it now? What was answered with yes once
    is not offered again, also when it went back."""
    receiver = _receiver(case, reach)
    if receiver is None or receiver == case.owner_id:
        return False
    offered = _offer(case, receiver)
    if offered is not None:
        return offered.answer is not None and offered.answer.answer != "accepted"
    plan = reach.plan_since(case.incident.organisation_id, min(case.owned_since, case.round.started_at))
    return any(_left(plan, case.owner_id, since, reach.now) for since in (case.owned_since, case.round.started_at))


def pass_on(session: Session, case: TakenCase, reach: Reach, house: House) -> bool:
    """Offer it; refused or unanswered, call the receiver by a new round (who refused is passed over in it)."""
    receiver = _receiver(case, reach)
    if receiver is None:
        return False
    offered, incident = _offer(case, receiver), case.incident
    if offered is None:
        row = Transfer(incident_id=incident.id, from_id=case.owner_id, to_id=receiver, note=NOTE, at=reach.now,
                       client_token=_token(case, receiver))
        session.add(row)
        session.flush()
        alerting.call(session, reach, [receiver], kind="transfer", key=f"transfer:{row.id}", incident_id=incident.id,
                      emergency=case.facts.urgency == "noodgeval")
        logs.hop("incident.offered", incident_id=incident.id, transfer_id=row.id, to=receiver, by_clock=True)
        return True
    new = escalation.open_round(session, incident, SHIFT_END, case.facts.urgency, reach=reach, first_id=receiver)
    if offered.answer is not None and offered.answer.answer == "declined":
        session.add(Refusal(incident_id=incident.id, round_id=new.id, person_id=receiver, at=reach.now,
                            client_token=offered.client_token))
        session.flush()
    escalation.advance(session, new, incident.organisation_id, reach=reach, house=house)
    return True


def _receiver(case: TakenCase, reach: Reach) -> int | None:
    """Who has the first line now, if a call can reach him."""
    people = reach.people(case.incident.organisation_id, FIRST_LINE)
    return people[0] if people and reach.can_wake(people) else None


def _offer(case: TakenCase, receiver: int) -> Transfer | None:
    return next((each for each in case.incident.transfers if each.client_token == _token(case, receiver)), None)


def _token(case: TakenCase, receiver: int) -> str:
    return f"{BY_CLOCK}{case.round.id}:{receiver}"


def _left(plan: RotaPlan, person: int, since: datetime, now: datetime) -> bool:
    """Had he the first line then and not now, or the backup's and now none?"""
    if on_call_at(plan, FIRST_LINE, since) == person:
        return on_call_at(plan, FIRST_LINE, now) != person
    return on_call_at(plan, BACKUP, since) == person and on_call_at(plan, BACKUP, now) != person
