"""Toestellen through HTTP: registering from a browser, test pages, and what the page says."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.test_devices import AUTH, ENDPOINT, POINT
from tests.web.login import login
from webcare_pwa import vapid
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.device import Device
from webcare_pwa.settings import Settings

ANDROID = "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Safari/537.36"
IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0"


def subscribe(client: FlaskClient, agent: str = ANDROID, **other: Any) -> TestResponse:
    told = {"endpoint": ENDPOINT, "keys": {"p256dh": POINT, "auth": AUTH}} | other
    return client.post("/devices", json=told, headers={"User-Agent": agent, "Origin": "http://localhost"})


def the_device(database: Database) -> Device:
    with database.read() as session:
        return session.scalars(select(Device)).one()


@pytest.mark.parametrize(
    ("agent", "touch", "platform", "waking", "name"),
    [
        (ANDROID, True, "android", True, "Android-telefoon, Chrome"),
        (IPAD, True, "ios", True, "iPhone of iPad, Safari"),
        (IPAD, False, "desktop", False, "Computer, Safari"),
        (WINDOWS, False, "desktop", False, "Computer, Firefox"),
    ],
)
def test_a_browser_registers_itself(
    client: FlaskClient, database: Database, world: World, agent: str, touch: bool, platform: str, waking: bool, name: str
) -> None:
    login(client, world, "Samira")
    answer = subscribe(client, agent, touch=touch)
    assert answer.status_code == 200 and answer.json is not None and answer.json["dead"] is False
    device = the_device(database)
    assert (device.person_id, device.platform, device.waking, device.name) == (
        world.people["Samira"], platform, waking, name)
    page = client.get("/devices").text
    assert "Nog niet bewezen" in page and ENDPOINT not in page and "Zet oproepen aan" in page


def test_the_key_that_the_browser_used_is_stored(
    client: FlaskClient, database: Database, world: World, settings: Settings
) -> None:
    vapid.create(settings.vapid_private_key_file)
    login(client, world, "Samira")
    subscribe(client, key=POINT)
    assert the_device(database).vapid_key_id == vapid.identify(POINT) != vapid.key_id(settings)
    subscribe(client)
    assert the_device(database).vapid_key_id == vapid.key_id(settings)


@pytest.mark.parametrize(
    "told",
    [{"endpoint": "https://evil.example/x"}, {"keys": None}, {"keys": {"p256dh": 7, "auth": []}}, {"endpoint": None},
     {"keys": {"p256dh": POINT, "auth": "x"}}],
)
def test_a_useless_subscription_is_refused_in_words(
    client: FlaskClient, database: Database, world: World, told: dict[str, Any]
) -> None:
    login(client, world, "Samira")
    answer = subscribe(client, **told)
    assert answer.status_code == 422 and answer.json is not None
    assert answer.json["title"].startswith(("Deze browser", "Dit toestel"))
    with database.read() as session:
        assert session.scalars(select(Device)).all() == []


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ('{"endpoint": "x"}', {"Content-Type": "text/plain"}),
        ('{"endpoint": "x"}', {"Content-Type": "application/json", "Origin": "https://evil.example"}),
        ('{"endpoint": "x"}', {"Content-Type": "application/json", "Origin": "null"}),
    ],
)
def test_another_site_cannot_register(client: FlaskClient, world: World, body: str, headers: dict[str, str]) -> None:
    login(client, world, "Samira")
    assert client.post("/devices", data=body, headers=headers).status_code == 403


def test_with_the_login_expired_nothing_is_stored(client: FlaskClient, database: Database, world: World) -> None:
    assert subscribe(client).status_code == 303
    with database.read() as session:
        assert session.scalars(select(Device)).all() == []


def test_renaming_and_removing_ask_for_the_csrf_token(client: FlaskClient, database: Database, world: World) -> None:
    csrf = login(client, world, "Samira")
    subscribe(client)
    device = the_device(database)
    assert client.post(f"/devices/{device.id}", data={"name": "x"}).status_code == 400
    assert client.post(f"/devices/{device.id}", data={"csrf_token": csrf, "name": "Bed"}).status_code == 303
    assert (the_device(database).name, the_device(database).waking) == ("Bed", False)
    assert client.post(f"/devices/{device.id}", data={"csrf_token": csrf, "name": ""}).status_code == 422
    assert client.post(f"/devices/{device.id}/removal", data={"csrf_token": csrf}).status_code == 303
    assert the_device(database).removed_at is not None
    assert f'id="device-{device.id}"' not in client.get("/devices").text


def test_nobody_touches_the_device_of_another(app: Flask, database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        hers = add_device(session, world.people["Samira"], ENDPOINT, clock.moment).id
    tom = app.test_client()
    csrf = login(tom, world, "Tom")
    for act in ("", "/removal", "/tests"):
        answer = tom.post(f"/devices/{hers}{act}", data={"csrf_token": csrf, "name": "x", "client_token": "t"})
        assert answer.status_code == 404, act
    assert tom.get(f"/devices/{hers}/proof").status_code == 404
    with database.read() as session:
        assert session.scalars(select(Alert)).all() == []


def test_a_test_page_is_shown_step_by_step(
    client: FlaskClient, database: Database, world: World, clock: FakeClock
) -> None:
    csrf = login(client, world, "Samira")
    subscribe(client)
    device = the_device(database).id
    for _ in range(2):  # a double tap is one page
        sent = client.post(f"/devices/{device}/tests", data={"csrf_token": csrf, "client_token": "t1"})
        assert sent.status_code == 303 and sent.location.endswith(f"/devices#device-{device}")
    fragment = client.get(f"/devices/{device}/proof", headers={"HX-Request": "true"}).text
    assert "Proefoproep onderweg" in fragment and 'hx-trigger="every 1s' in fragment
    with database.write() as session:
        row = session.scalars(select(Delivery)).one()
        row.outcome, row.outcome_at = "accepted", clock.move(seconds=1)
        row.received_at = row.shown_at = clock.move(seconds=1)
    fragment = client.get(f"/devices/{device}/proof").text
    assert "Tik nu op de melding" in fragment and "02:10:02" in fragment
    with database.write() as session:
        session.scalars(select(Delivery)).one().opened_at = clock.move(seconds=9)
    fragment = client.get(f"/devices/{device}/proof").text
    assert "Bewezen om 02:10" in fragment and "02:10:11" in fragment and "hx-trigger" not in fragment
    assert "u tikte erop" in client.get("/devices").text


def test_an_unanswered_test_stops_asking_after_a_minute(
    client: FlaskClient, database: Database, world: World, clock: FakeClock
) -> None:
    csrf = login(client, world, "Samira")
    subscribe(client)
    device = the_device(database).id
    client.post(f"/devices/{device}/tests", data={"csrf_token": csrf, "client_token": "t1"})
    clock.move(seconds=61)
    fragment = client.get(f"/devices/{device}/proof").text
    assert "Niet bewezen" in fragment and "hx-trigger" not in fragment


def test_a_dead_device_says_so_and_a_duty_officer_without_another_sees_red(
    client: FlaskClient, database: Database, world: World, clock: FakeClock
) -> None:
    csrf = login(client, world, "Samira")
    assert "Niets kan u nu wekken" in client.get("/devices").text
    subscribe(client)
    assert "Niets kan u nu wekken" not in client.get("/devices").text
    device = the_device(database).id
    client.post(f"/devices/{device}/tests", data={"csrf_token": csrf, "client_token": "t1"})
    with database.write() as session:
        session.scalars(select(Delivery)).one().outcome = "gone"
    page = client.get("/devices").text
    assert "Niets kan u nu wekken" in page and "het bestaat niet meer" in page and "niet verstuurd" in page
    answer = subscribe(client)
    assert answer.json is not None and answer.json["dead"] is True  # tells the browser to take a new address


def test_who_has_no_duty_sees_no_red(client: FlaskClient, world: World) -> None:
    login(client, world, "Kees")
    assert "Niets kan u nu wekken" not in client.get("/devices").text


def test_every_staff_page_tells_the_script_our_key_and_who_is_there(
    client: FlaskClient, world: World, settings: Settings
) -> None:
    vapid.create(settings.vapid_private_key_file)
    login(client, world, "Samira")
    page = client.get("/devices").text
    assert f'data-key="{vapid.public_key(settings)}"' in page and f'data-person="{world.people["Samira"]}"' in page
    assert 'data-person=""' in client.application.test_client().get("/login").text
