"""A night with incidents, made by the real engine: what screens need to have something to show."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.incident import IncidentReport
from webcare_pwa.ports import Inbound
from webcare_pwa.steps import acknowledgement, intake

LEAK = {
    "category": "lekkage_ernstig", "postcode": "1234AB", "house_number": 88, "address": "Populierenlaan 88",
    "city": "Waterveen", "name": "mevrouw Aydin", "phone": "06 12 34 56 78", "email": "aydin@huurder.example",
}


class Night:
    """Tells the world what happens. Everything goes through the real steps."""

    def __init__(self, database: Database, world: World, clock: FakeClock) -> None:
        self.database, self.world, self.clock = database, world, clock
        self.engine = Engine(database, clock)
        self.count = 0

    def phones(self, *names: str) -> None:
        """These people have a phone that can wake them."""
        with self.database.write() as session:
            for name in names:
                add_device(session, self.world.people[name], f"https://fcm.googleapis.com/{name}", self.clock.moment)

    def report(self, text: str = "Er loopt water uit het plafond.", *, organisation: str = "waterveen",
               channel: str = "web", **facts: Any) -> int:
        """A report comes in and is taken up; returns the incident's id."""
        self.count += 1
        told = {**LEAK, "dwelling_id": self.world.dwelling, **facts} if organisation == "waterveen" else facts
        inbound = Inbound(
            getattr(self.world, organisation), channel, f"report-{self.count}", text, text,
            {key: value for key, value in told.items() if value is not None})
        with self.database.write() as session:
            report = intake.receive(session, inbound, now=self.clock.moment)
        self.engine.tick()
        with self.database.read() as session:
            return session.scalars(
                select(IncidentReport.incident_id).where(IncidentReport.report_id == report.id)).one()

    def shown(self) -> None:
        """Every phone that was sent a page has shown it now."""
        with self.database.write() as session:
            for job in self.engine.push.jobs:
                row = session.get_one(Delivery, job.delivery_id)
                row.received_at = row.shown_at = self.clock.moment

    def minutes(self, minutes: int) -> None:
        """Let minutes pass; every step is done in its second."""
        self.engine.pass_time(minutes=minutes)

    def takes(self, name: str, incident_id: int) -> None:
        """Somebody takes an incident."""
        with self.database.write() as session:
            acknowledgement.acknowledge(session, incident_id, by=self.world.people[name], via="screen",
                                        token=f"{name}-{incident_id}", now=self.clock.moment)
