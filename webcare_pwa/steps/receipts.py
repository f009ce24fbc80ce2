"""What a phone reports about a page, and what it is told in return. First report of each kind counts; nothing stops repeats
or escalation but an acknowledgement."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webcare_pwa import logs
from webcare_pwa.errors import Invalid
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.in_force import closure_in_force, owner_id
from webcare_pwa.models.person import Person
from webcare_pwa.rules.rehearsal_wording import confirmed_title
from webcare_pwa.rules.wording import state_text
from webcare_pwa.steps import bundling
from webcare_pwa.steps.case import look_at
from webcare_pwa.steps.rehearsals import CONFIRMABLE, is_answered

KINDS = {"received": "received_at", "shown": "shown_at", "opened": "opened_at", "dismissed": "dismissed_at"}


def receipt(session: Session, delivery_id: int, device_id: int, kind: str, *, now: datetime) -> dict[str, str]:
    """Record one receipt. Returns what the phone should show: {"state": open|taken|closed|gone|confirmed, "title", "body"}.

    Shown implies received and opened implies both: a phone that could not report the earlier ones did do them.
    """
    if kind not in KINDS:
        raise Invalid("Onbekend ontvangstbewijs.")
    row = page(session, delivery_id, device_id)
    if row is None:
        return _answer("gone", "", 0)
    implied = {"received": ("received",), "shown": ("received", "shown"), "opened": ("received", "shown", "opened")}
    for each in implied.get(kind, (kind,)):
        if getattr(row, KINDS[each]) is None:
            setattr(row, KINDS[each], now)
    session.flush()
    bundling.share_receipt(session, row)
    logs.hop("delivery.receipt", delivery_id=row.id, incident_id=row.alert.incident_id, kind=kind)
    return state_of(session, row)


def page(session: Session, delivery_id: int, device_id: int) -> Delivery | None:
    """The delivery a page token speaks of, if it is still that device's and the device has not moved to someone else."""
    row = session.scalars(
        select(Delivery)
        .where(Delivery.id == delivery_id, Delivery.device_id == device_id)
        .options(selectinload(Delivery.alert), selectinload(Delivery.device))
    ).one_or_none()
    if row is None or row.device is None or row.device.removed_at is not None or row.device.person_id != row.alert.person_id:
        return None
    return row


def state_of(session: Session, row: Delivery) -> dict[str, str]:
    """What has become of the page's incident: a stale notice replaces itself with this."""
    if row.alert.kind in CONFIRMABLE and is_answered(session, row.alert_id):
        title = confirmed_title(row.alert.kind, row.alert.note)
        return {"state": "confirmed", "title": title, "body": ""}
    if row.alert.incident_id is None or bundling.carriers(session, [row.id]):
        return _answer("open", "", 0)
    incident = look_at(session, row.alert.incident_id)
    if closure_in_force(incident):
        return _answer("closed", "", incident.id)
    owner = owner_id(incident)
    if owner is not None and row.alert.kind == "step" and owner != row.alert.person_id:
        return _answer("taken", _first_name(session, owner), incident.id)
    return _answer("open", "", incident.id)


def _first_name(session: Session, person_id: int) -> str:
    person = session.get(Person, person_id)
    return person.first_name if person else ""


def _answer(state: str, by: str, number: int) -> dict[str, str]:
    text = state_text(state=state, by=by, number=number)
    return {"state": state, "title": text.title, "body": text.body}
