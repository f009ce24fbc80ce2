"""A push service that misbehaves: what each fault comes to, and what the incident screen says. Real worker, real gateway, real
HTTP; the service is ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.push_lab.messages import Fault
from tests.push_lab.push_service import PushService
from tests.push_lab.waiting import wait_for
from tests.steps.engine import HOUSE, RecordingContacts, RecordingMail
from tests.web.login import login
from webcare_pwa import vapid
from webcare_pwa.db import Database
from webcare_pwa.gateways import webpush
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.device import Device
from webcare_pwa.ports import Inbound
from webcare_pwa.settings import Settings
from webcare_pwa.steps import devices, intake
from webcare_pwa.worker import Worker


@pytest.fixture
def push() -> Iterator[PushService]:
    with PushService() as service:
        yield service


class Night:
    """Samira has first line and one device at the service; a leak was reported."""

    def __init__(self, settings: Settings, database: Database, world: World, clock: FakeClock, push: PushService) -> None:
        self.settings, self.database, self.world, self.clock, self.push = settings, database, world, clock, push
        vapid.create(settings.vapid_private_key_file)
        self.gateway = webpush.WebPushGateway(settings)
        self.worker = Worker(database, clock, HOUSE, self.gateway, RecordingMail(), RecordingContacts())
        self.device = self.add_device("Samira")

    def add_device(self, name: str) -> str:
        """Register a device that decrypts; returns its token at the push service."""
        told = self.push.device(vapid.public_key(self.settings))
        with self.database.write() as session:
            devices.register(
                session, self.world.people[name], endpoint=told["endpoint"], **told["keys"], vapid_key_id="k",
                name="Telefoon", platform="android", waking=True, now=self.clock.moment,
                allowed=self.settings.push_hosts)
        return str(told["endpoint"]).rpartition("/")[2]

    def report(self) -> None:
        with self.database.write() as session:
            intake.receive(session, Inbound(
                organisation_id=self.world.waterveen, channel="phone", external_id="one", raw="{}", text="Lekkage",
                facts={"category": "lekkage_ernstig", "postcode": "1234AB", "house_number": 88}), now=self.clock.moment)

    def work(self) -> None:
        """Tick until every push that is due has its outcome."""
        def idle() -> bool:
            self.worker.tick()
            return not self.gateway.busy

        wait_for(idle, "the outcomes of all pushes")

    def deliveries(self) -> list[Delivery]:
        with self.database.read() as session:
            return list(session.scalars(select(Delivery).order_by(Delivery.id)))

    def screen(self, app: Flask) -> str:
        """The incident as Tom sees it."""
        client = app.test_client()
        login(client, self.world, "Tom")
        answer = client.get("/incidents/1")
        assert answer.status_code == 200
        return answer.text


@pytest.fixture
def night(
    settings: Settings, database: Database, world: World, clock: FakeClock, push: PushService,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Night]:
    monkeypatch.setattr(webpush, "DEADLINE", 1.5)
    night = Night(settings, database, world, clock, push)
    yield night
    night.gateway.close()


@pytest.mark.parametrize(
    ("fault", "outcome", "detail", "words"),
    [
        (Fault("blackhole"), "accepted", "http 201", "Nog niet getoond"),
        (Fault(status=410), "gone", "http 410", "Toestel bestaat niet meer"),
        (Fault(status=404), "gone", "http 404", "Toestel bestaat niet meer"),
        (Fault(status=403), "refused", "http 403", "Geweigerd"),
        (Fault(status=413), "refused", "http 413", "Geweigerd"),
        (Fault("redirect", status=307, location="/wpush/v2/elsewhere"), "refused", "http 307", "Geweigerd"),
        (Fault("redirect", status=302, location="/wpush/v2/elsewhere"), "refused", "http 302", "Geweigerd"),
    ],
)
def test_what_is_settled_at_once(
    app: Flask, night: Night, push: PushService, fault: Fault, outcome: str, detail: str, words: str
) -> None:
    push.faults = [replace(fault)]  # it counts down
    night.report()
    night.work()
    assert {(row.outcome, row.detail) for row in night.deliveries()} == {(outcome, detail)}
    assert set(push.requests) == {night.device} and push.messages == []  # there and nowhere else
    screen = night.screen(app)
    assert words in screen
    assert (detail in screen) == (outcome != "accepted")


@pytest.mark.parametrize(
    ("fault", "seconds", "detail", "arrives"),
    [
        (Fault(status=429, retry_after="7", times=1), 7, "http 429", 1),
        (Fault(status=503, retry_after="Fri, 01 Jan 2027 00:00:00 GMT", times=1), 3600, "http 503", 1),
        (Fault(status=429, retry_after="soon", times=1), 1, "http 429", 1),
        (Fault(status=500, times=1), 1, "http 500", 1),
        (Fault("reset", times=1), 1, "verbinding", 1),
        (Fault("hang", times=1), 1, "geen antwoord op tijd", 1),
        (Fault("drip", times=1), 1, "geen antwoord op tijd", 1),
        (Fault("accept-then-drop", times=1), 1, "verbinding", 2),  # a double replaces itself: same topic, same tag
    ],
)
def test_what_is_tried_again(
    app: Flask, night: Night, push: PushService, clock: FakeClock, fault: Fault, seconds: int, detail: str, arrives: int
) -> None:
    push.faults = [replace(fault)]  # it counts down
    night.report()
    night.work()
    row = night.deliveries()[0]
    assert (row.outcome, row.due_at - clock.moment) == (None, timedelta(seconds=seconds))
    assert detail in row.detail and row.attempts == 1
    assert "Wordt verstuurd" in night.screen(app)
    if seconds > 600:
        return  # by then the policy has called everybody else
    clock.move(seconds=seconds - 0.5)
    night.work()
    assert len(push.requests) == 1
    clock.move(seconds=0.5)
    night.work()
    assert [row.outcome for row in night.deliveries()] == ["accepted"]
    assert len(push.messages) == arrives
    assert len({each.topic for each in push.messages}) == 1
    assert {told["notification"]["tag"] for told in push.plaintexts()} == {"incident-1"}
    assert "Nog niet getoond" in night.screen(app)


def test_a_dead_device_gets_nothing_more_and_the_owner_is_told(
    app: Flask, night: Night, push: PushService, clock: FakeClock, world: World
) -> None:
    push.faults = [Fault(status=410)]
    night.report()
    night.work()
    clock.move(minutes=3)
    night.worker.clockwork()
    night.work()
    assert push.requests == [night.device]
    samira = app.test_client()
    login(samira, world, "Samira")
    page = samira.get("/devices").text
    assert "Niets kan u nu wekken" in page and "het bestaat niet meer" in page


def test_one_device_that_hangs_does_not_hold_up_the_others(night: Night, push: PushService) -> None:
    other = night.add_device("Samira")
    push.faults = [Fault("hang", match=night.device)]
    night.report()
    night.work()
    assert [each.token for each in push.messages] == [other]
    assert {row.outcome for row in night.deliveries()} == {None, "accepted"}


def test_what_arrives_is_what_the_worker_script_reads(night: Night, push: PushService, settings: Settings) -> None:
    night.report()
    night.work()
    message, page = push.messages[0], push.plaintexts()[0]
    notice: dict[str, Any] = page["notification"]
    assert (message.urgency, message.encoding) == ("high", "aes128gcm") and message.ttl >= 300
    assert message.topic is not None and len(message.topic) == 32 and len(message.body) < 2048 + 200
    assert page["web_push"] == 8030 and page["mutable"] is True
    assert notice["navigate"] == notice["data"]["url"] == "http://localhost/incidents/1"
    assert notice["data"]["receipts"] == f"/pages/{notice['data']['token']}/receipts"
    assert [each["action"] for each in notice["actions"]] == ["acknowledge", "refuse"]


def test_an_address_inside_our_network_is_refused_at_send_time_too(
    night: Night, push: PushService, database: Database
) -> None:
    with database.write() as session:
        session.scalars(select(Device)).one().endpoint = "https://192.168.1.1/admin"
    night.report()
    night.work()
    assert {(row.outcome, row.detail) for row in night.deliveries()} == {("refused", "unknown_service")}
    assert push.requests == []
