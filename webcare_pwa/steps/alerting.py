"""Calling people: an alert row per person, a delivery row per live device, and one per contact method for when the page is
not shown in time. Sending is the worker's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.audit import AuditEntry, record
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.models.device import Device
from webcare_pwa.models.person import Person
from webcare_pwa.rules.contact_times import due_times
from webcare_pwa.steps.mail import queue_mail
from webcare_pwa.steps.reach import Reach

CONTACT_KINDS = frozenset({"step", "addition", "transfer", "returned", "reminder", "alarm"})  # others go by push only


def call(
    session: Session, reach: Reach, person_ids: Collection[int], *, kind: str, key: str, incident_id: int | None = None,
    round_id: int | None = None, escalation_id: int | None = None, note: str = "",
    emergency: bool = False,
) -> list[Alert]:
    """Page each person on all live devices at once. `key` is made unique per person; who was called under it already is not
    called again. A step of an escalation is a row written just before, so nobody can have been called under its key."""
    keys = {person: f"{key}:p{person}" for person in person_ids}
    known = set(session.scalars(select(Alert.key).where(Alert.key.in_(keys.values())))) if not escalation_id else set()
    devices = reach.devices(person_ids)
    contacts = reach.contacts(person_ids) if kind in CONTACT_KINDS else {}
    alerts = []
    for person in (each for each in person_ids if keys[each] not in known):
        alert = Alert(
            key=keys[person], kind=kind, incident_id=incident_id, round_id=round_id, escalation_id=escalation_id,
            person_id=person, at=reach.now, note=note,
        )
        his = devices.get(person, [])
        alert.deliveries = [_delivery(device, reach.now) for device in his] + _follow_up(
            contacts.get(person, []), reach.now, emergency=emergency, waking_device=any(device.waking for device in his)
        )
        alerts.append(alert)
    session.add_all(alerts)
    session.flush()
    for alert in alerts:
        logs.hop("alert.written", incident_id=incident_id, alert_id=alert.id, kind=kind, person_id=alert.person_id,
                 devices=len(devices.get(alert.person_id, [])))
    return alerts


def page_device(session: Session, device: Device, *, key: str, now: datetime) -> Alert:
    """A test page to one device, dead or not: that is what the test must show."""
    known = session.scalars(select(Alert).where(Alert.key == key)).one_or_none()
    if known is not None:
        return known
    alert = Alert(key=key, kind="test", person_id=device.person_id, at=now, deliveries=[_delivery(device, now)])
    session.add(alert)
    session.flush()
    logs.hop("alert.test", alert_id=alert.id, device_id=device.id)
    return alert


def test_contact(session: Session, method: ContactMethod, *, key: str, now: datetime) -> Alert:
    """A test message by one contact method, failed or not."""
    known = session.scalars(select(Alert).where(Alert.key == key)).one_or_none()
    if known is not None:
        return known
    message = Delivery(contact_method_id=method.id, created_at=now, due_at=now)
    alert = Alert(key=key, kind="test", person_id=method.person_id, at=now, deliveries=[message])
    session.add(alert)
    session.flush()
    logs.hop("alert.test", alert_id=alert.id, contact_method_id=method.id)
    return alert


def alarm(
    session: Session, organisation_id: int, note: str, *, key: str, now: datetime, incident_id: int | None = None
) -> None:
    """Tell the coordinators of an organisation that something is wrong: a page and a mail. Once per `key`.

    `note` is a Dutch sentence without personal data; it may stand on a lock screen.
    """
    reach = Reach(session, now)
    people = reach.people(organisation_id, "coordinator")
    alerts = call(session, reach, people, kind="alarm", key=f"alarm:{key}", incident_id=incident_id, note=note)
    for person in session.scalars(select(Person).where(Person.id.in_([alert.person_id for alert in alerts]))):
        queue_mail(session, key=f"alarm:{key}:p{person.id}", to=person.email, subject=f"Alarm storingsdienst: {note}",
                   body=f"{note}\n\nOpen de app om te zien wat er aan de hand is.", now=now)
    if not people:
        _nobody_to_alarm(session, organisation_id, key, now, incident_id)


def _nobody_to_alarm(session: Session, organisation_id: int, key: str, now: datetime, incident_id: int | None) -> None:
    """No coordinator at all: written down and logged, once per key, as there is no row of an alert to tell that it was."""
    act = f"alarm_nobody:{key}"[:40]
    if session.scalar(select(AuditEntry.id).where(AuditEntry.act == act, AuditEntry.organisation_id == organisation_id)):
        return
    record(session, act, "organisation", organisation_id, now=now, organisation_id=organisation_id)
    logs.trouble("alarm.nobody", organisation_id=organisation_id, incident_id=incident_id, key=key)


def _follow_up(methods: list[ContactMethod], now: datetime, *, emergency: bool, waking_device: bool) -> list[Delivery]:
    """The rows that send by themselves when they are due; a page shown in time supersedes them (`steps/staleness.py`)."""
    times = due_times(now, len(methods), emergency=emergency, waking_device=waking_device)
    return [
        Delivery(contact_method_id=method.id, created_at=now, due_at=due)
        for method, due in zip(methods, times, strict=True)
    ]


def _delivery(device: Device, now: datetime) -> Delivery:
    return Delivery(device_id=device.id, created_at=now, due_at=now)
