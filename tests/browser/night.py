"""What both browsers go through: a tenant's report through the public form, and what the database then says."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import requests
from sqlalchemy import select

from tests.fakes import SATURDAY_0210
from tests.push_lab.running_app import RunningApp
from tests.push_lab.waiting import wait_for
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.audit import ClockOffset
from webcare_pwa.models.device import Device
from webcare_pwa.models.incident import Acknowledgement
from webcare_pwa.models.rehearsal import Confirmation

MONDAY_1600 = datetime(2026, 11, 30, 15, 0, 30, tzinfo=UTC)
FORM = "/melden/waterveen/wat/lekkage_ernstig"


def report_a_leak(running: RunningApp) -> None:
    """As a tenant without script or cookies does."""
    token = re.search(r'name="client_token" value="([^"]+)"', requests.get(running.base + FORM, timeout=10).text)
    assert token
    answer = requests.post(running.base + FORM, timeout=10, allow_redirects=False, data={
        "client_token": token[1], "text": "Er loopt water uit het plafond.", "postcode": "1234 AB", "house_number": "88",
        "phone": "06 12345678", "email": "aydin@huurder.example", "name": "mevrouw Aydin"})
    assert answer.status_code == 303, answer.text


def the_device(running: RunningApp) -> Device:
    """Samira's one device, once the browser has registered it."""
    def find() -> Device | None:
        with running.database.read() as session:
            return session.scalars(select(Device).where(Device.person_id == running.world.people["Samira"])).one_or_none()
    return wait_for(find, "the device to be registered")


def delivery_with(running: RunningApp, receipt: str, *, kind: str = "step") -> Delivery:
    """The newest delivery, once it is settled and the phone has reported that receipt (either may be first)."""
    def find() -> Delivery | None:
        with running.database.read() as session:
            newest = session.scalars(
                select(Delivery).join(Alert).where(Alert.kind == kind).order_by(Delivery.id.desc()).limit(1)).one_or_none()
            return newest if newest and newest.outcome and getattr(newest, f"{receipt}_at") else None
    return wait_for(find, f"the receipt {receipt}")


def delivery_settled(running: RunningApp) -> str | None:
    """Outcome of the first delivery."""
    with running.database.read() as session:
        return session.scalars(select(Delivery.outcome).order_by(Delivery.id).limit(1)).one_or_none()


def time_to_rehearse(running: RunningApp) -> None:
    """The clock moves on to Monday 16:00: at 17:00 Samira's shift begins (as backup, that week)."""
    with running.database.write() as session:
        session.get_one(ClockOffset, 1).seconds += round((MONDAY_1600 - SATURDAY_0210).total_seconds())


def confirmation(running: RunningApp) -> Confirmation:
    """The one confirmation, once it is there."""
    def find() -> Confirmation | None:
        with running.database.read() as session:
            return session.scalars(select(Confirmation)).one_or_none()
    return wait_for(find, "the confirmation")


def acknowledgement(running: RunningApp) -> Acknowledgement:
    """The one acknowledgement, once it is there."""
    def find() -> Acknowledgement | None:
        with running.database.read() as session:
            return session.scalars(select(Acknowledgement)).one_or_none()
    return wait_for(find, "the acknowledgement")
