"""Telephone calls: what is said, what a pressed key does, and what follows when a call ended without one.

Only a key proves anything: a voicemail answers too. The provider may repeat any of its requests, and others may replay
them; each counts once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webcare_pwa import logs
from webcare_pwa.errors import NotPossibleNow
from webcare_pwa.labels import WORDS
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.in_force import closure_in_force, owner_id
from webcare_pwa.models.incident import Round
from webcare_pwa.models.person import Person, enabled
from webcare_pwa.rules import calling
from webcare_pwa.steps import acknowledgement
from webcare_pwa.steps.case import open_case
from webcare_pwa.steps.pages import ANSWERABLE
from webcare_pwa.steps.refusals import refused_by

VOICE = "voice"  # the kind of contact method
TAKE, REFUSE = "1", "2"


@dataclass(frozen=True)
class Said:
    """A code of WORDS["spoken"], with the first name of who has it. `asks`: a key is waited for after it."""

    code: str
    by: str = ""
    asks: bool = False


def of_call(session: Session, delivery_id: int) -> Delivery | None:
    """The delivery of a call, when its number is still that person's and he may still log in."""
    row = session.scalars(
        select(Delivery).where(Delivery.id == delivery_id)
        .options(selectinload(Delivery.alert), selectinload(Delivery.contact_method)).with_for_update(of=Delivery)
    ).one_or_none()
    method = row.contact_method if row else None
    if row is None or method is None or method.kind != VOICE or method.removed_at is not None:
        return None
    return row if method.person_id == row.alert.person_id and enabled(session, method.person_id) else None


def menu(session: Session, delivery_id: int) -> Said:
    """What the call opens with. Nothing is written: who picks up has proven nothing yet."""
    row = of_call(session, delivery_id)
    if row is None:
        return Said("gone")
    return _over(session, row) or Said(_question(session, row), asks=True)


def press(session: Session, delivery_id: int, key: str, *, now: datetime) -> Said:
    """A key was pressed: 1 takes it or confirms, 2 says that he cannot. The first key of a call counts."""
    row = of_call(session, delivery_id)
    if row is None:
        return Said("gone")
    if key not in ((TAKE, REFUSE) if row.alert.kind in ANSWERABLE else (TAKE,)):
        return Said("again", asks=True)
    if row.opened_at is not None:
        return _over(session, row) or Said("done")
    row.opened_at, row.detail = now, WORDS["call_status"]["pressed"]
    logs.hop("call.pressed", delivery_id=row.id, incident_id=row.alert.incident_id, key=key)
    return _answer(session, row, key, now)


def ended(session: Session, delivery_id: int, status: str, sid: str, *, now: datetime) -> None:
    """The provider tells how far a call is. One that ended without a key is tried again while the alert lives: the worker
    looks at that when it claims the row. A report about an earlier call than the last changes nothing."""
    row = of_call(session, delivery_id)
    if row is None or status not in calling.ENDED | calling.UNDER_WAY or not _is_current(row, sid):
        return
    logs.hop("call.status", delivery_id=row.id, incident_id=row.alert.incident_id, status=status, calls=row.attempts)
    pressed = row.opened_at is not None
    row.vendor_id, row.outcome_at, row.claimed_by, row.claimed_until = sid, now, None, None
    row.outcome = "failed" if status in calling.UNREACHED and not pressed else "accepted"
    if not pressed:
        row.detail = WORDS["call_status"][status]
    pause = calling.again_after(status, row.attempts, pressed=pressed)
    if pause is not None and _is_worth_repeating(session, row):
        row.outcome = row.outcome_at = None
        row.due_at = now + timedelta(seconds=pause)


def _is_current(row: Delivery, sid: str) -> bool:
    """Is this about the call that runs now: not one that ended, nor one before it?"""
    if not sid or len(sid) > 64:
        return False
    if row.outcome is None:  # being started: the provider may be faster than we; or waiting for the next try
        return row.claimed_by is not None and sid != row.vendor_id
    return row.outcome == "accepted" and row.vendor_id in ("", sid)


def _is_worth_repeating(session: Session, row: Delivery) -> bool:
    """A test is repeated by hand, and who said that he cannot is left alone."""
    alert = row.alert
    return alert.kind != "test" and not (alert.round_id and refused_by(session, alert.round_id, alert.person_id))


def _question(session: Session, row: Delivery) -> str:
    if row.alert.kind == "test":
        return "test"
    if row.alert.kind not in ANSWERABLE or row.alert.round_id is None:
        return "message"
    return "noodgeval" if session.get_one(Round, row.alert.round_id).urgency == "noodgeval" else "spoed"


def _over(session: Session, row: Delivery) -> Said | None:
    """What is said when there is nothing to do any more."""
    alert = row.alert
    if alert.incident_id is None:
        return None
    incident = open_case(session, alert.incident_id)
    owner = owner_id(incident)
    if closure_in_force(incident):
        return Said("closed")
    if owner is None or owner == alert.person_id or alert.kind not in ANSWERABLE:
        return None
    return Said("taken", session.get_one(Person, owner).first_name)


def _answer(session: Session, row: Delivery, key: str, now: datetime) -> Said:
    alert = row.alert
    if alert.kind not in ANSWERABLE or alert.incident_id is None:
        return Said("confirmed" if alert.kind == "test" else "noted")
    token = f"call-{row.id}"
    try:
        if key == REFUSE:
            acknowledgement.refuse(session, alert.incident_id, by=alert.person_id, token=token, now=now)
            return Said("refused")
        acknowledgement.acknowledge(session, alert.incident_id, by=alert.person_id, via="voice", token=token, now=now)
    except NotPossibleNow:
        return _over(session, row) or Said("not_now")
    return _over(session, row) or Said("acknowledged")
