"""The health screen: says in plain words what works and what does not, to who plans, of his own organisations."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.cases import SPOED, send_report
from tests.steps.engine import Engine
from tests.web.login import login
from webcare_pwa.clock import real_now
from webcare_pwa.db import Database
from webcare_pwa.factory import create_app
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.models.guard import ProviderFault, Restore, SelfTest
from webcare_pwa.ports import Gone
from webcare_pwa.settings import Settings


@pytest.fixture
def screen(settings: Settings, database: Database, clock: FakeClock, world: World) -> FlaskClient:
    its = replace(settings, selftest_minutes=15, deadman_url="https://hc.example/x")
    client = create_app(its, database=database, clock=clock).test_client()
    login(client, world, "Carla")
    return client


def beats(database: Database, **ages: int) -> None:
    with database.write() as session:
        for name, age in ages.items():
            session.merge(Heartbeat(name=name, at=real_now() - timedelta(seconds=age)))


def test_all_is_well(screen: FlaskClient, database: Database, clock: FakeClock) -> None:
    beats(database, worker=5, deadman=30)
    with database.write() as session:
        hops = {"received": 0.03, "judged": 0.015, "called": 0.0, "sent": 0.135, "shown": 1.2}
        session.add(SelfTest(key="s", started_at=clock.moment, finished_at=clock.moment, hops=hops))
    text = screen.get("/health").text
    assert "De storingsdienst werkt." in text
    assert "Een proefmelding ging van begin tot eind goed." in text
    assert "<dt>oproep versturen</dt><dd>0,14 seconde</dd>" in text
    assert "Hoorde ons minder dan een minuut geleden" in text


def test_what_is_wrong_is_named(screen: FlaskClient, database: Database, clock: FakeClock, world: World) -> None:
    beats(database, worker=300)
    with database.write() as session:
        session.add(SelfTest(key="s", started_at=clock.moment, finished_at=clock.moment, hops={"received": 61.0},
                             failed="received"))
        session.add(Restore(at=clock.moment))
    send_report(database, world, clock.moment, SPOED)
    clock.move(minutes=4)
    text = screen.get("/health").text
    assert "Er is iets mis met de storingsdienst zelf." in text
    for sentence in ("Laatste teken 5 minuten geleden", "1 wacht, de oudste 4 minuten", "Heeft ons nog niet gehoord",
                     "Het ging mis bij: melding ontvangen", "61 seconden", "Nog niet nagelopen"):
        assert sentence in text, sentence


def test_services_and_broken_phones(screen: FlaskClient, database: Database, clock: FakeClock, world: World) -> None:
    with database.write() as session:
        for name, host in (("Samira", "fcm.googleapis.com"), ("Tom", "web.push.apple.com")):
            add_device(session, world.people[name], f"https://{host}/{name}", clock.moment)
    engine = Engine(database, clock)
    engine.push.by_endpoint["https://fcm.googleapis.com/Samira"] = Gone("http 410")
    send_report(database, world, clock.moment, SPOED)
    engine.pass_time(minutes=6)
    text = screen.get("/health").text
    assert "Google (Chrome, Android)</b><span class=\"s muted\">0 verstuurd, 1 keer toestel bestaat niet meer" in text
    assert "Apple (iPhone, Safari)" in text
    assert f'href="/people/{world.people["Samira"]}"' in text
    assert "geen toestel dat wekt" in text  # her shift is a gap now


def test_without_them_it_says_so(client: FlaskClient, database: Database, world: World) -> None:
    beats(database, worker=5)
    login(client, world, "Carla")
    text = client.get("/health").text
    assert "De zelftest staat uit." in text
    assert "Niet ingesteld." in text
    assert "De storingsdienst werkt." in text


def test_the_duty_does_not_see_it_and_the_menu_leads_there(app: Flask, client: FlaskClient, world: World) -> None:
    login(client, world, "Samira")
    assert client.get("/health").status_code == 403
    other = app.test_client()
    login(other, world, "Ada")
    assert 'href="/health"' in other.get("/people").text


def test_a_provider_that_refuses_us_is_told_as_our_own(
    client: FlaskClient, world: World, database: Database, clock: FakeClock
) -> None:
    login(client, world, "Carla")
    with database.write() as session:
        session.add(ProviderFault(kind="sms", detail="http 401", since=clock.moment))
    page = client.get("/health").text
    assert "De aanbieder weigert onze eigen sleutel of ons account, of dit is niet ingesteld (http 401)." in page
    assert "Er is iets mis met de storingsdienst zelf." in page
    with database.write() as session:
        session.scalars(select(ProviderFault)).one().ended_at = clock.moment
    assert "weigert onze eigen sleutel" not in client.get("/health").text
