"""Confirming a rehearsal: from the notice, on the page it opens, and on Nu; and what the screens say meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import give_phones
from tests.web.login import login
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.device import Device
from webcare_pwa.models.person import Person
from webcare_pwa.models.rehearsal import Confirmation
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.settings import Settings
from webcare_pwa.steps import rehearsals


@dataclass
class Evening:
    """Friday 16:00: Samira and Tom were asked to confirm. Delivery ids and devices by name."""

    tokens: dict[str, str]
    alerts: dict[str, int]
    devices: dict[str, int]


@pytest.fixture
def evening(database: Database, world: World, clock: FakeClock, settings: Settings) -> Evening:
    clock.moment = parse("2026-11-27T16:00")
    give_phones(database, world, clock.moment, "Samira", "Tom", "Carla")
    with database.write() as session:
        rehearsals.rehearse(session, now=clock.moment)
    names = {number: name for name, number in world.people.items()}
    with database.read() as session:
        rows = session.execute(select(Delivery.id, Delivery.device_id, Alert.id.label("alert"), Alert.person_id).join(Alert))
        found = Evening({}, {}, {})
        for row in rows:
            name = names[row.person_id]
            found.tokens[name] = links.page_token(settings.secret_key, row.id, row.device_id)
            found.alerts[name], found.devices[name] = row.alert, row.device_id
    return found


def tap(client: FlaskClient, evening: Evening, name: str) -> TestResponse:
    """The button in the notice."""
    return client.post(f"/pages/{evening.tokens[name]}/confirmation", json={})


def test_one_tap_on_the_notice_confirms_without_a_login(
    client: FlaskClient, database: Database, world: World, evening: Evening
) -> None:
    for _ in range(2):
        answer = tap(client, evening, "Samira")
        assert answer.status_code == 200 and answer.json == {
            "state": "confirmed", "title": "Bevestigd: uw dienst begint om 17:00", "body": "", "mine": False}
    with database.read() as session:
        row = session.scalars(select(Confirmation)).one()
        page = session.scalars(select(Delivery).where(Delivery.alert_id == row.alert_id)).one()
    assert (row.alert_id, row.device_id) == (evening.alerts["Samira"], evening.devices["Samira"])
    assert page.shown_at is not None and page.opened_at is not None  # the phone is proven by it


def test_a_notice_shown_after_the_tap_replaces_itself(client: FlaskClient, evening: Evening) -> None:
    first = client.post(f"/pages/{evening.tokens['Samira']}/receipts", json={"kind": "shown"})
    assert first.json is not None and first.json["state"] == "open"
    tap(client, evening, "Samira")
    again = client.post(f"/pages/{evening.tokens['Samira']}/receipts", json={"kind": "shown"})
    assert again.json is not None and again.json["state"] == "confirmed"


def test_the_page_that_opens_has_the_button(client: FlaskClient, database: Database, evening: Evening) -> None:
    address = f"/pages/{evening.tokens['Samira']}/confirmation"
    shown = client.get(address)
    assert "Uw dienst begint om 17:00" in shown.text and "Bevestig" in shown.text
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    with database.read() as session:
        assert session.scalars(select(Confirmation)).all() == []  # looking changes nothing
    assert client.post(address).status_code == 303
    assert "Bevestigd: uw dienst begint om 17:00" in client.get(address).text


def test_what_is_no_rehearsal_or_no_longer_his_confirms_nothing(
    client: FlaskClient, database: Database, world: World, clock: FakeClock, evening: Evening
) -> None:
    forged = client.post("/pages/onzin/confirmation", json={})
    assert forged.status_code == 410 and forged.json is not None and "verlopen" in forged.json["title"]
    assert "verlopen" in client.get("/pages/onzin/confirmation").text
    with database.write() as session:
        session.get_one(Alert, evening.alerts["Tom"]).kind = "test"
        session.get_one(Person, world.people["Samira"]).disabled_at = clock.moment
    assert tap(client, evening, "Tom").status_code == 409
    assert tap(client, evening, "Samira").status_code == 410
    with database.read() as session:
        assert session.scalars(select(Confirmation)).all() == []


def test_nu_asks_and_confirms_on_her_own_phone_only(
    app: Flask, database: Database, world: World, evening: Evening
) -> None:
    desktop, phone = app.test_client(), app.test_client()
    csrf = login(desktop, world, "Samira")
    shown = desktop.get("/nu").text
    assert "Proefoproep nog niet bevestigd" in shown and "Bevestig op de telefoon" in shown
    form = {"csrf_token": csrf, "alert_id": evening.alerts["Samira"]}
    assert desktop.post("/nu/confirmation", data=form).status_code == 409
    csrf = login(phone, world, "Samira")
    phone.set_cookie("device", str(evening.devices["Samira"]))
    assert "Bevestig op de telefoon" not in phone.get("/nu").text
    assert phone.post("/nu/confirmation", data={"csrf_token": csrf, "alert_id": evening.alerts["Tom"]}).status_code == 404
    assert phone.post("/nu/confirmation", data={"csrf_token": csrf, "alert_id": "x"}).status_code == 404
    assert phone.post("/nu/confirmation", data={**form, "csrf_token": csrf}).status_code == 303
    shown = phone.get("/nu").text
    assert "nog niet bevestigd" not in shown.split("Achterwacht Tom")[0]
    with database.read() as session:
        assert session.scalars(select(Confirmation.device_id)).one() == evening.devices["Samira"]


def test_a_device_that_wakes_nobody_does_not_confirm(
    app: Flask, database: Database, world: World, evening: Evening
) -> None:
    with database.write() as session:
        session.get_one(Device, evening.devices["Samira"]).waking = False
    client = app.test_client()
    csrf = login(client, world, "Samira")
    client.set_cookie("device", str(evening.devices["Samira"]))
    form = {"csrf_token": csrf, "alert_id": evening.alerts["Samira"]}
    assert client.post("/nu/confirmation", data=form).status_code == 409
    answer = tap(client, evening, "Samira")
    assert answer.status_code == 409 and answer.json is not None and answer.json["title"] == "Dit toestel wekt u niet"
    opened = client.get(f"/pages/{evening.tokens['Samira']}/confirmation").text
    assert "Bevestig op uw telefoon" in opened and "<form" not in opened


@pytest.mark.parametrize("name", ["Samira", "Tom", "Carla"])
def test_everybody_sees_who_stands_first_and_why(
    app: Flask, world: World, clock: FakeClock, evening: Evening, name: str
) -> None:
    tap(app.test_client(), evening, "Tom")
    clock.moment = parse("2026-11-27T17:10")
    client = app.test_client()
    login(client, world, name)
    now, rota = client.get("/nu").text, client.get("/rota").text
    assert "Tom wordt nu eerst opgeroepen" in now and "Samira heeft de proefoproep niet bevestigd" in now
    assert "proefoproep nog niet bevestigd" in rota and "proefoproep bevestigd" in rota
    assert "De achterwacht wordt nu eerst opgeroepen" in rota
    tap(app.test_client(), evening, "Samira")
    assert "eerst opgeroepen" not in client.get("/nu").text + client.get("/rota").text


def test_the_command_says_it_too(app: Flask, clock: FakeClock, evening: Evening) -> None:
    tap(app.test_client(), evening, "Tom")
    clock.moment = parse("2026-11-27T17:10")
    assert "the backup is called first" in app.test_cli_runner().invoke(args=["who"]).output
