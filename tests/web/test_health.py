"""What watchers outside see: /healthz says what is wrong, /metrics gives figures to who has the token."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.cases import SPOED, send_report
from tests.steps.engine import Engine
from webcare_pwa.clock import real_now
from webcare_pwa.db import Database
from webcare_pwa.factory import create_app
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.settings import Settings

TOKEN = "prometheus-" * 4


def beat(database: Database) -> None:
    with database.write() as session:
        session.merge(Heartbeat(name="worker", at=real_now()))


@pytest.fixture
def outside(settings: Settings, database: Database, clock: FakeClock, world: World) -> FlaskClient:
    return create_app(replace(settings, metrics_token=TOKEN), database=database, clock=clock).test_client()


def test_a_message_that_nobody_takes_up_turns_it_red(
    client: FlaskClient, database: Database, world: World, clock: FakeClock
) -> None:
    beat(database)
    send_report(database, world, clock.moment, SPOED)
    clock.move(seconds=100)
    assert client.get("/healthz").status_code == 200
    clock.move(seconds=30)
    answer = client.get("/healthz")
    assert answer.status_code == 503 and answer.json is not None
    assert (answer.json["worker"], answer.json["oldest_waiting_message_seconds"]) == ("behind", 130)


def test_a_page_that_is_due_and_not_sent_turns_it_red(
    client: FlaskClient, database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        add_device(session, world.people["Samira"], "https://fcm.googleapis.com/s", clock.moment)
    engine = Engine(database, clock)
    engine.push.free = 0
    send_report(database, world, clock.moment, SPOED)
    engine.tick()
    clock.move(seconds=130)
    beat(database)
    answer = client.get("/healthz")
    assert answer.status_code == 503 and answer.json is not None
    assert answer.json["oldest_due_delivery_seconds"] == 130


def test_without_a_token_in_the_settings_there_are_no_metrics(client: FlaskClient) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"])
def test_only_the_token_opens_the_metrics(outside: FlaskClient, header: str) -> None:
    assert outside.get("/metrics", headers={"Authorization": header}).status_code == 401


def test_the_figures_follow_the_night(outside: FlaskClient, database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        add_device(session, world.people["Samira"], "https://fcm.googleapis.com/s", clock.moment)
    beat(database)
    engine = Engine(database, clock)
    send_report(database, world, clock.moment, SPOED)
    engine.tick()
    lines = outside.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text.splitlines()
    found = dict(line.rsplit(" ", 1) for line in lines if line and not line.startswith("#"))
    assert found["webcare_urgent_unacknowledged"] == "1.0"
    assert found['webcare_deliveries_last_day{outcome="accepted",way="push"}'] == "1.0"
    assert found["webcare_messages_waiting"] == "0.0"
    assert float(found["webcare_heartbeat_age_seconds"]) < 60
    assert found['webcare_escalation_late_seconds{quantile="0.99"}'] == "0.0"
    assert "webcare_gaps" in found


def test_the_red_bar_stands_on_the_login_page_too(client: FlaskClient, database: Database) -> None:
    with database.write() as session:
        session.merge(Heartbeat(name="worker", at=real_now() - timedelta(seconds=90)))
    assert "Oproepen worden niet verstuurd." in client.get("/login").text
    beat(database)
    assert "Oproepen worden niet verstuurd." not in client.get("/login").text
