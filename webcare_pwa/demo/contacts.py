"""How the demo's people are reached beside the app: each has an SMS number that was proven when the demo's world was set up.
No provider is set up in the demo, so nothing leaves the house (`gateways/demo_contacts.py`)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.demo.town import Town
from webcare_pwa.models.person import Person
from webcare_pwa.rules.contact_kinds import SMS
from webcare_pwa.steps import alerting, contact_methods

ANSWERED_AFTER = timedelta(seconds=40)
REACHED = ("samira", "tom", "pieter", "carla")  # who stands on a line, and the coordinator


def prove(session: Session, town: Town, *, now: datetime) -> None:
    """Give each a contact, a test message by it, and the answer."""
    for who in REACHED:
        person = session.get_one(Person, town.people[who])
        method = contact_methods.add(session, person.id, SMS, {"number": person.phone}, offered=(SMS,), now=now)
        message = alerting.test_contact(session, method, key=f"demo:contact:{method.id}", now=now).deliveries[0]
        message.outcome, message.outcome_at, message.attempts = "accepted", now, 1
        contact_methods.prove(message, now=now + ANSWERED_AFTER)
