"""Samira, who has no phone for pages but a telephone; the real worker, the real gateway, the real web process."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import World
from tests.fakes import FakeClock
from tests.push_lab.waiting import wait_for
from tests.steps.engine import RecordingMail, RecordingPush
from tests.voice_lab.provider import ACCOUNT, FROM, TOKEN, Call, Line, Provider
from tests.voice_lab.served import Served
from webcare_pwa import rulebook
from webcare_pwa.db import Base, Database
from webcare_pwa.factory import create_app
from webcare_pwa.gateways.contacts import Contacts
from webcare_pwa.gateways.voice import VoiceGateway
from webcare_pwa.house import House
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.ports import Inbound
from webcare_pwa.settings import Settings
from webcare_pwa.steps import intake
from webcare_pwa.worker import Worker

NUMBER = "+31612345678"


class Night:
    """`report()`, `work()`, then look at the provider's calls and the rows."""

    def __init__(
        self, settings: Settings, database: Database, world: World, clock: FakeClock, provider: Provider, served: Served
    ) -> None:
        self.database, self.world, self.clock, self.provider = database, world, clock, provider
        self.settings = replace(settings, base_url=served.base, voice_url=provider.base, voice_account=ACCOUNT,
                                voice_token=TOKEN, voice_from=FROM)
        served.app = create_app(self.settings, database=database, clock=clock)
        house = House(served.base, self.settings.secret_key, rulebook.load())
        self.gateway = VoiceGateway(self.settings)
        self.worker = Worker(database, clock, house, RecordingPush(), RecordingMail(), Contacts({"voice": self.gateway}))
        with database.write() as session:
            method = ContactMethod(person_id=world.people["Samira"], position=0, kind="voice", address="06 12345678",
                                   values={}, created_at=clock.moment)
            session.add(method)
            session.flush()
            self._test(session, method, "test:proven").opened_at = clock.moment

    def report(self, category: str = "gaslucht") -> None:
        with self.database.write() as session:
            intake.receive(session, Inbound(
                organisation_id=self.world.waterveen, channel="phone", external_id="one", raw="{}", text="Gas bij de deur",
                facts={"category": category, "postcode": "1234AB", "house_number": 88}), now=self.clock.moment)

    def test_call(self) -> None:
        with self.database.write() as session:
            self._test(session, session.scalars(select(ContactMethod)).one(), "test:asked").outcome = None

    def _test(self, session: Session, method: ContactMethod, key: str) -> Delivery:
        row = Delivery(contact_method_id=method.id, created_at=self.clock.moment, due_at=self.clock.moment, outcome="accepted")
        session.add(Alert(key=key, kind="test", person_id=method.person_id, at=self.clock.moment, deliveries=[row]))
        return row

    def work(self) -> None:
        """Tick until every call that is due was handed over."""
        def idle() -> bool:
            self.worker.clockwork()
            self.worker.tick()
            return not self.gateway.busy

        wait_for(idle, "the provider's answers")

    def call(self, line: Line, number: int = 1) -> Call:
        """Let the call of that number go like this, to its end."""
        self.provider.lines[NUMBER] = line
        self.work()
        return self.provider.ended(number)

    def again(self, call: Call, path: str, more: dict[str, str], token: str = TOKEN) -> str:
        """Post something about a call once more, as the provider or somebody else might."""
        posted = self.provider.post(call.form["Url"] + path, call, more, token)
        return asyncio.run_coroutine_threadsafe(posted, self.provider.loop).result(10)

    def delivery(self) -> Delivery:
        with self.database.read() as session:
            return session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(1)).one()

    def rows(self, model: type[Base]) -> int:
        with self.database.read() as session:
            return len(session.scalars(select(model)).all())
