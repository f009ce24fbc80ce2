"""How tests give people contacts beside push, and see second by second what is sent to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import World
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.models.device import Device
from webcare_pwa.steps import alerting, receipts


def give_contacts(database: Database, world: World, now: datetime, name: str, *addresses: str, proven: bool = True) -> None:
    """SMS contacts in this order; proven by a test message that was answered."""
    with database.write() as session:
        for position, address in enumerate(addresses):
            method = ContactMethod(
                person_id=world.people[name], position=position, kind="sms", address=address, values={}, created_at=now
            )
            session.add(method)
            session.flush()
            if proven:
                prove(session, method, now)


def prove(session: Session, method: ContactMethod, now: datetime) -> None:
    """A test message that was answered."""
    alert = alerting.test_contact(session, method, key=f"proof:{method.id}", now=now)
    row = alert.deliveries[0]
    row.outcome, row.outcome_at, row.opened_at = "accepted", now, now


def told(engine: Engine) -> list[str]:
    return [job.address for job in engine.contacts.jobs]


def walk(engine: Engine, seconds: int) -> list[tuple[int, str]]:
    """Second by second: when each message went, counted from now."""
    found = []
    for second in range(1, seconds + 1):
        before = len(engine.contacts.jobs)
        engine.clock.move(seconds=1)
        engine.tick()
        found += [(second, job.address) for job in engine.contacts.jobs[before:]]
    return found


def show(database: Database, now: datetime, device: int | None = None) -> None:
    """The phone shows its page."""
    with database.write() as session:
        query = select(Delivery).join(Device).where(Device.id == device if device else Device.waking)
        row = session.scalars(query.order_by(Delivery.id.desc())).first()
        assert row is not None and row.device_id is not None
        receipts.receipt(session, row.id, row.device_id, "shown", now=now)


def outcomes(database: Database) -> list[tuple[str | None, str]]:
    """Of messages that were no test."""
    with database.read() as session:
        rows = session.execute(
            select(Delivery.outcome, Delivery.detail).join(Delivery.alert)
            .where(Delivery.contact_method_id.is_not(None), Delivery.alert.has(kind="step"))
        )
        return [(outcome, detail) for outcome, detail in rows]
