"""Handing an incident on. Until the other accepts, the giver keeps it; no answer in five minutes brings it back with a page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from webcare_pwa.models.audit import record
from webcare_pwa.models.in_force import closure_in_force, owner_id, pending_transfer
from webcare_pwa.models.person import Person
from webcare_pwa.models.restores import after_restore
from webcare_pwa.models.transfer import Transfer, TransferAnswer
from webcare_pwa.rules.access import CASE_WORKERS
from webcare_pwa.rules.paging import TRANSFER_RETURNS_AFTER
from webcare_pwa.steps import alerting
from webcare_pwa.steps.case import open_case
from webcare_pwa.steps.reach import Reach


def hand_on(session: Session, incident_id: int, *, by: int, to: int, note: str, token: str, now: datetime) -> Transfer:
    """Offer the incident to a colleague and page him. Raises `NotPossibleNow` unless `by` owns it and nothing is pending,
    `Invalid` when `to` cannot work on cases of that organisation."""
    incident = open_case(session, incident_id)
    for known in incident.transfers:
        if known.client_token == token:
            return known
    if owner_id(incident) != by or closure_in_force(incident):
        raise NotPossibleNow("Alleen wie het incident heeft aangenomen, kan het overgeven.")
    if pending_transfer(incident):
        raise NotPossibleNow("Er wacht al een overgave op antwoord.")
    _check_receiver(session, to, by, incident.organisation_id)
    row = Transfer(incident_id=incident_id, from_id=by, to_id=to, note=note.strip(), at=now, client_token=token)
    session.add(row)
    session.flush()
    alerting.call(session, Reach(session, now), [to], kind="transfer", key=f"transfer:{row.id}", incident_id=incident_id)
    record(session, "hand_on", "incident", incident_id, now=now, by=by, organisation_id=incident.organisation_id, to=to)
    logs.hop("incident.offered", incident_id=incident_id, transfer_id=row.id, to=to)
    return row


def answer(session: Session, transfer_id: int, *, by: int, accept: bool, now: datetime) -> TransferAnswer:
    """The receiver accepts or declines; the giver is paged when it comes back. The first answer stands."""
    row = session.get(Transfer, transfer_id, with_for_update=True)
    if row is None:
        raise NotFound()
    if row.answer is not None:
        return row.answer
    if row.to_id != by:
        raise NotAllowed("Deze overgave is niet aan u gericht.")
    return _settle(session, row, "accepted" if accept else "declined", now)


def return_unanswered(session: Session, *, now: datetime) -> int:
    """Bring back every transfer that got no answer in time. Returns how many."""
    waiting = session.scalars(
        select(Transfer)
        .outerjoin(TransferAnswer)
        .where(TransferAnswer.id.is_(None), Transfer.at <= now - TRANSFER_RETURNS_AFTER, after_restore(Transfer.at))
    ).all()
    for row in waiting:
        _settle(session, row, "returned", now)
    return len(waiting)


def _settle(session: Session, row: Transfer, said: str, now: datetime) -> TransferAnswer:
    closed = closure_in_force(open_case(session, row.incident_id)) is not None
    answer_row = TransferAnswer(transfer_id=row.id, answer=said, at=now)
    row.answer = answer_row
    session.add(answer_row)
    session.flush()
    if said != "accepted" and not closed and not row.by_clock:  # of one by the clock `steps/shift_end.py` calls the next
        alerting.call(session, Reach(session, now), [row.from_id], kind="returned", key=f"returned:{row.id}",
                      incident_id=row.incident_id)
    logs.hop("transfer.answered", incident_id=row.incident_id, transfer_id=row.id, answer=said)
    return answer_row


def _check_receiver(session: Session, to: int, by: int, organisation_id: int) -> None:
    person = session.get(Person, to)
    fits = person is not None and person.disabled_at is None and any(
        role.organisation_id == organisation_id and role.role in CASE_WORKERS for role in person.roles
    )
    if not fits or to == by:
        raise Invalid("Kies een collega van deze dienst.", {"to": "Kies een collega van deze dienst."})
