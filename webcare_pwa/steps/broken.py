"""A phone or contact that stopped working for good: its owner and the coordinators are told, once each time it breaks.

A mail wakes nobody, so it goes at any hour; the page about it can wait, so at night there is none (a gap in the rota speaks for
itself).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.sql.elements import ColumnElement

from webcare_pwa import letters, logs
from webcare_pwa.clock import local
from webcare_pwa.labels import WORDS
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.models.device import Device
from webcare_pwa.models.live_contacts import FAILED_FOR_GOOD
from webcare_pwa.models.live_devices import GONE
from webcare_pwa.models.person import Person
from webcare_pwa.rules import contact_kinds
from webcare_pwa.rules.access import DUTY
from webcare_pwa.steps import alerting, mail
from webcare_pwa.steps.leaving import coordinators, organisations_of
from webcare_pwa.steps.reach import Reach

DAY = (time(7), time(22))


def tell(session: Session, settled: Collection[int], *, now: datetime) -> None:
    """Look at deliveries that were settled just now."""
    rows = session.scalars(
        select(Delivery)
        .where(Delivery.id.in_(settled), Delivery.outcome.in_(FAILED_FOR_GOOD))
        .options(selectinload(Delivery.device), selectinload(Delivery.contact_method))
        .order_by(Delivery.id)
    )
    for row in rows:
        if row.contact_method:
            if not _known(session, row, Delivery.contact_method_id == row.contact_method_id):
                _tell(session, row, row.contact_method.person_id, name_of(row.contact_method), now)
        elif row.device and row.outcome == GONE and not _known_dead(session, row, row.device):
            _tell(session, row, row.device.person_id, row.device.name, now)


def name_of(method: ContactMethod) -> str:
    """How its owner calls it: Sms 06 12345601."""
    return f"{WORDS['contact_kind'][method.kind]} {contact_kinds.masked(method.kind, method.address)}"


def _known_dead(session: Session, row: Delivery, device: Device) -> bool:
    """Did an earlier page since it was registered find the same?"""
    before = select(Delivery.id).where(
        Delivery.device_id == device.id, Delivery.id < row.id, Delivery.outcome == GONE,
        Delivery.created_at >= device.registered_at,
    )
    return session.scalar(before.limit(1)) is not None


def _known(session: Session, row: Delivery, own: ColumnElement[bool]) -> bool:
    """Did the message before it fail in the same way?"""
    before = (
        select(Delivery.outcome)
        .where(own, Delivery.id < row.id, Delivery.outcome.is_not(None), Delivery.outcome.not_in(("superseded", "held")))
        .order_by(Delivery.id.desc()).limit(1)
    )
    return session.scalar(before) in FAILED_FOR_GOOD


def _tell(session: Session, row: Delivery, person_id: int, what: str, now: datetime) -> None:
    owner = session.get_one(Person, person_id)
    logs.hop("reach.broken", delivery_id=row.id, person_id=owner.id)
    _mail(session, row, owner, "broken_own", now, what=what)
    for coordinator in coordinators(session, organisations_of(session, owner.id, DUTY)):
        if coordinator.id != owner.id:
            _mail(session, row, coordinator, "broken", now, what=what, owner=owner.name)
    if DAY[0] <= local(now).time() < DAY[1]:
        note = f"{what} werkt niet meer"
        alerting.call(session, Reach(session, now), [owner.id], kind="alarm", key=f"broken:{row.id}", note=note)


def _mail(session: Session, row: Delivery, to: Person, which: str, now: datetime, **values: str) -> None:
    letter = letters.write(which, name=to.first_name, **values)
    mail.queue_mail(session, key=f"broken:{row.id}:p{to.id}", to=to.email, subject=letter.subject, body=letter.body, now=now)
