"""Whom to tell when the service itself is in trouble, and how: all that a sender needs, so that it can do without the database.

Plain values that JSON can carry; they hold addresses, so they go through memory and pipes only, never into a log or file.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.models import organisation
from webcare_pwa.models.live_contacts import live_contacts
from webcare_pwa.models.live_devices import live_devices
from webcare_pwa.models.person import Person
from webcare_pwa.rules.escalation import BACKUP, COORDINATOR, DAY_LINE, FIRST_LINE
from webcare_pwa.steps import rota

TOLD = (COORDINATOR, FIRST_LINE, BACKUP, DAY_LINE)


def call_list(session: Session, *, now: datetime) -> dict[str, Any]:
    """Every coordinator of a real organisation and everybody on duty now: devices, contact methods and mail addresses."""
    people = _people(session, now)
    devices, contacts = live_devices(session, people), live_contacts(session, people)
    return {
        "push": [
            {"endpoint": each.endpoint, "p256dh": each.p256dh, "auth": each.auth}
            for person in people for each in devices.get(person, [])
        ],
        "contacts": [
            {"kind": each.kind, "address": each.address, "values": each.values}
            for person in people for each in contacts.get(person, [])
        ],
        "mail": list(session.scalars(select(Person.email).where(Person.id.in_(people)).order_by(Person.id))),
    }


def _people(session: Session, now: datetime) -> list[int]:
    real = organisation.every(session)
    found = [person for each in real for who in TOLD for person in rota.people_for(session, each.id, who, now)]
    return list(dict.fromkeys(found))
