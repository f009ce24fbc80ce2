"""Klaar voor de dienst, through HTTP: each item turns green by what happened; and what the coordinator sees of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.web.login import login
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.models.device import Device
from webcare_pwa.models.joining import JoiningConfirmation
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.rehearsal import Confirmation
from webcare_pwa.steps import alerting, bedside, contact_methods
from webcare_pwa.steps.reach import Reach


@dataclass
class Newcomer:
    """Samira's browser, and what happens to her."""

    client: FlaskClient
    database: Database
    world: World
    clock: FakeClock
    token: str

    @property
    def id(self) -> int:
        return self.world.people["Samira"]

    def done(self) -> set[str]:
        """Codes of the items that the page shows as done."""
        html = self.client.get("/joining").text
        rows = re.findall(r'<li id="item-(\w+)"(.*?)</li>', html, re.DOTALL)
        assert len(rows) == 9
        return {code for code, row in rows if "Gedaan" in row}

    def says(self, item: str) -> TestResponse:
        return self.client.post("/joining/confirmations", data={"csrf_token": self.token, "client_token": "t", "item": item})

    def phone(self, *, shown: bool, waking: bool = True, platform: str = "android") -> int:
        with self.database.write() as session:
            device = add_device(session, self.id, f"https://fcm.googleapis.com/{platform}-{shown}", self.clock.moment,
                                waking=waking, platform=platform)
            page = alerting.page_device(session, device, key=f"test:{device.id}", now=self.clock.moment).deliveries[0]
            page.outcome, page.outcome_at = "accepted", self.clock.moment
            page.shown_at = self.clock.moment if shown else None
            return device.id


@pytest.fixture
def samira(client: FlaskClient, world: World, database: Database, clock: FakeClock) -> Newcomer:
    return Newcomer(client, database, world, clock, login(client, world, "Samira"))


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_from_nothing_to_ready(samira: Newcomer) -> None:
    assert samira.done() == set()
    assert "Nog 7 dingen te doen" in samira.client.get("/joining").text
    assert "Nog 7 dingen te doen" in samira.client.get("/nu").text
    samira.phone(shown=False)
    assert samira.done() == {"notifications", "waking"}
    with samira.database.write() as session:
        page = session.scalars(select(Delivery)).one()
        page.shown_at = samira.clock.moment
    assert samira.done() == {"notifications", "waking", "arrived"}
    for item in ("installed", "sound", "number"):
        assert samira.says(item).location == f"/joining#item-{item}"
    with samira.database.write() as session:
        method = contact_methods.add(session, samira.id, "mail", {"email": "s@corporatie.example"}, offered=("mail",),
                                     now=samira.clock.moment)
        message = alerting.test_contact(session, method, key="t", now=samira.clock.moment).deliveries[0]
        message.outcome = "accepted"
    assert "second_contact" not in samira.done()  # sent is not proven
    with samira.database.write() as session:
        contact_methods.prove(session.get_one(Delivery, message.id), now=samira.clock.moment)
    assert samira.done() == {"installed", "notifications", "waking", "arrived", "sound", "second_contact", "number"}
    assert "U bent klaar voor de dienst" in samira.client.get("/joining").text
    assert "dingen te doen" not in samira.client.get("/nu").text


def test_rehearsal_and_bedside_come_from_their_rows(samira: Newcomer) -> None:
    device = samira.phone(shown=True)
    with samira.database.write() as session:
        now = samira.clock.moment
        (alert,) = alerting.call(session, Reach(session, now), [samira.id], kind="rehearsal", key="r")
        session.add(Confirmation(alert_id=alert.id, device_id=device, at=now))
        bedside.beat(session, samira.id, "a" * 20, device_id=device, now=now)
    assert {"rehearsal", "bedside"} <= samira.done()


def test_his_word_is_about_that_phone_and_that_number(samira: Newcomer) -> None:
    assert samira.says("sound").status_code == 409  # no phone yet
    first = samira.phone(shown=True)
    for _ in range(2):
        samira.says("sound")
    samira.says("number")
    with samira.database.read() as session:
        assert session.scalar(select(func.count(JoiningConfirmation.id))) == 2
    with samira.database.write() as session:
        session.get_one(Device, first).removed_at = samira.clock.moment
        session.get_one(Organisation, samira.world.linde).emergency_number = "030 999 99 99"
    samira.phone(shown=False)
    assert not {"sound", "number", "arrived"} & samira.done()


@pytest.mark.parametrize("item", ["", "arrived", "second_contact", "bedside", "x" * 300])
def test_what_rows_tell_is_nobodys_word(samira: Newcomer, item: str) -> None:
    assert samira.says(item).status_code == 404


def test_the_numbers_to_call_and_the_way_through_silence(samira: Newcomer) -> None:
    page = samira.client.get("/joining").text
    assert 'href="tel:0301234567"' in page
    assert 'href="tel:0307654321"' in page
    assert "Niet storen" in page
    assert "Focus en stil" in page


def test_the_coordinator_sees_what_lacks_and_planning_warns(app: Flask, samira: Newcomer) -> None:
    carla = app.test_client()
    login(carla, samira.world, "Carla")
    people = text_of(carla.get("/people").text)
    assert people.count("Mist nog: app op het beginscherm, oproepen aan, toestel dat wekt, proefoproep aangekomen") == 3
    rota = text_of(carla.get("/rota").text)
    assert "In het rooster, maar niet bewezen: Samira de Vries mist oproepen aan, toestel dat wekt" in rota
    assert "Pieter de Vries (niet bewezen)" in rota  # he may be chosen
    assert "Pieter de Vries mist" not in rota
    line = text_of(carla.get(f"/rota/lines/{samira.world.lines['first_line']}").text)
    assert "Pieter de Vries is niet bewezen. Mist: oproepen aan" in line
    person = text_of(carla.get(f"/people/{samira.id}").text)
    assert "Proefoproep aangekomen Mist" in person
    samira.phone(shown=True)
    with samira.database.write() as session:
        session.add(ContactMethod(person_id=samira.id, position=0, kind="sms", address="+31612345601", values={},
                                  created_at=samira.clock.moment))
        session.flush()
        method = session.scalars(select(ContactMethod)).one()
        alerting.test_contact(session, method, key="t", now=samira.clock.moment).deliveries[0].opened_at = samira.clock.moment
    rota = text_of(carla.get("/rota").text)
    assert "Samira de Vries mist" not in rota
    assert "Samira de Vries (niet bewezen)" not in rota
    assert "Mist nog: app op het beginscherm, stille stand ingesteld, nummer" in text_of(carla.get("/people").text)
    assert "Proefoproep aangekomen Gedaan" in text_of(carla.get(f"/people/{samira.id}").text)
    assert "Klaar voor de dienst" not in carla.get("/nu").text


def test_who_may_not_plan_sees_no_warnings(samira: Newcomer) -> None:
    assert "niet bewezen:" not in samira.client.get("/rota").text
