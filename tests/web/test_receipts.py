"""What a phone may do with the token of a page, and what it is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.engine import HOUSE
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.device import Device
from webcare_pwa.models.incident import Acknowledgement, Incident, Refusal
from webcare_pwa.models.person import Person
from webcare_pwa.ports import Inbound
from webcare_pwa.settings import Settings
from webcare_pwa.steps import acknowledgement, alerting, intake, progress, triage
from webcare_pwa.steps.reach import Reach

REAL = datetime(2027, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def pages(database: Database, world: World, clock: FakeClock) -> dict[str, int]:
    """A leak for which Samira and Tom were paged; and a test page to Samira's phone. Name -> delivery id."""
    with database.write() as session:
        for name in ("Samira", "Tom"):
            add_device(session, world.people[name], f"https://fcm.googleapis.com/{name}", clock.moment)
        intake.receive(session, Inbound(
            organisation_id=world.waterveen, channel="phone", external_id="one", raw="{}", text="Water uit het plafond",
            facts={"category": "lekkage_ernstig", "postcode": "1234AB", "house_number": 88}), now=clock.moment)
    with database.write() as session:
        triage.take_up_waiting(session, now=clock.moment, house=HOUSE, limit=10)
        incident = session.scalars(select(Incident)).one()
        samira = session.scalars(select(Device).where(Device.person_id == world.people["Samira"])).one()
        alerting.call(session, Reach(session, clock.moment), [world.people["Tom"]], kind="step", key="again",
                      incident_id=incident.id, round_id=session.scalars(select(Alert.round_id)).first())
        alerting.page_device(session, samira, key="test", now=clock.moment)
    with database.read() as session:
        rows = session.execute(select(Delivery.id, Alert.kind, Alert.person_id).join(Alert)).all()
    names = {person: name for name, person in world.people.items()}
    return {("test" if kind == "test" else names[person]): row for row, kind, person in rows}


def token(database: Database, settings: Settings, delivery_id: int) -> str:
    with database.read() as session:
        return links.page_token(settings.secret_key, delivery_id, session.get_one(Delivery, delivery_id).device_id or 0)


def post(client: FlaskClient, page: str, act: str, body: object = None) -> TestResponse:
    return client.post(f"/pages/{page}/{act}", json=body or {})


def test_receipts_are_stored_once_each(
    client: FlaskClient, database: Database, settings: Settings, clock: FakeClock, pages: dict[str, int]
) -> None:
    page = token(database, settings, pages["Samira"])
    first = clock.moment
    for kind in ("received", "shown", "opened", "dismissed"):
        answer = post(client, page, "receipts", {"kind": kind})
        assert answer.status_code == 200 and answer.json is not None and answer.json["state"] == "open"
    clock.move(minutes=1)
    post(client, page, "receipts", {"kind": "shown"})
    with database.read() as session:
        row = session.get_one(Delivery, pages["Samira"])
    assert (row.received_at, row.shown_at, row.opened_at, row.dismissed_at) == (first,) * 4


@pytest.mark.parametrize("body", [{"kind": "seen"}, {}, [], None, {"kind": 7}])
def test_an_unknown_receipt_is_refused(
    client: FlaskClient, database: Database, settings: Settings, pages: dict[str, int], body: object
) -> None:
    answer = client.post(f"/pages/{token(database, settings, pages['Samira'])}/receipts", json=body)
    assert answer.status_code == 422 and answer.json is not None and answer.json["title"]


def test_acknowledging_from_the_notice_needs_no_login_and_may_be_repeated(
    client: FlaskClient, database: Database, settings: Settings, world: World, pages: dict[str, int]
) -> None:
    page = token(database, settings, pages["Samira"])
    for _ in range(3):
        answer = post(client, page, "acknowledgement")
        assert answer.status_code == 200
        assert answer.json == {"state": "taken", "title": "U hebt het aangenomen", "body": "Incident 1.", "mine": True}
    with database.read() as session:
        row = session.scalars(select(Acknowledgement)).one()
        assert (row.person_id, row.via) == (world.people["Samira"], "notification")
    answer = post(client, token(database, settings, pages["Tom"]), "receipts", {"kind": "shown"})
    assert answer.json is not None and answer.json["state"] == "taken" and "Samira" in answer.json["title"]


def test_who_comes_second_is_told_who_has_it(
    client: FlaskClient, database: Database, settings: Settings, pages: dict[str, int]
) -> None:
    post(client, token(database, settings, pages["Samira"]), "acknowledgement")
    answer = post(client, token(database, settings, pages["Tom"]), "acknowledgement")
    assert answer.json is not None
    assert (answer.json["state"], answer.json["title"], answer.json["mine"]) == ("taken", "Aangenomen door Samira", False)


def test_refusing_is_passed_on_once(
    client: FlaskClient, database: Database, settings: Settings, world: World, pages: dict[str, int]
) -> None:
    page = token(database, settings, pages["Samira"])
    for _ in range(2):
        answer = post(client, page, "refusal")
        assert answer.status_code == 200 and answer.json is not None
        assert (answer.json["title"], answer.json["mine"]) == ("Doorgegeven: u kunt niet", False)
    with database.read() as session:
        assert session.scalars(select(Refusal.person_id)).all() == [world.people["Samira"]]


def test_refusing_what_one_has_taken_is_answered_in_words(
    client: FlaskClient, database: Database, settings: Settings, pages: dict[str, int]
) -> None:
    page = token(database, settings, pages["Samira"])
    post(client, page, "acknowledgement")
    answer = post(client, page, "refusal")
    assert answer.status_code == 200 and answer.json is not None and "al aangenomen" in answer.json["body"]


def test_a_closed_incident_needs_nobody(
    client: FlaskClient, database: Database, settings: Settings, world: World, clock: FakeClock, pages: dict[str, int]
) -> None:
    with database.write() as session:
        acknowledgement.acknowledge(session, 1, by=world.people["Tom"], via="screen", token="t", now=clock.moment)
        progress.close(session, 1, "solved", by=world.people["Tom"], note="", token="c", now=clock.moment)
    answer = post(client, token(database, settings, pages["Samira"]), "acknowledgement")
    assert answer.status_code == 200 and answer.json is not None
    assert (answer.json["state"], answer.json["mine"]) == ("closed", False)
    with database.read() as session:
        assert session.scalars(select(Acknowledgement.person_id)).all() == [world.people["Tom"]]


def test_a_test_page_cannot_be_acknowledged(
    client: FlaskClient, database: Database, settings: Settings, pages: dict[str, int]
) -> None:
    page = token(database, settings, pages["test"])
    assert post(client, page, "receipts", {"kind": "opened"}).status_code == 200
    for act in ("acknowledgement", "refusal"):
        assert post(client, page, act).status_code == 409


def test_a_token_is_worth_nothing_when_forged_or_an_hour_old(
    client: FlaskClient, database: Database, settings: Settings, pages: dict[str, int]
) -> None:
    with time_machine.travel(REAL, tick=False):
        page = token(database, settings, pages["Samira"])
        other = links.page_token("another key " * 4, pages["Samira"], 1)
    for moment, bad in ((REAL, "nonsense"), (REAL, page[:-1]), (REAL, other), (REAL + timedelta(minutes=61), page)):
        with time_machine.travel(moment, tick=False):
            for act in ("receipts", "acknowledgement", "refusal"):
                answer = post(client, bad, act, {"kind": "shown"})
                assert answer.status_code == 410 and answer.json is not None
                assert answer.json["state"] == "gone" and "verlopen" in answer.json["title"]
    with time_machine.travel(REAL + timedelta(minutes=59), tick=False):
        assert post(client, page, "receipts", {"kind": "shown"}).status_code == 200
    with database.read() as session:
        assert session.scalars(select(Acknowledgement)).all() == []


def test_a_token_dies_with_its_device_and_its_person(
    app: Flask, client: FlaskClient, database: Database, settings: Settings, world: World, clock: FakeClock,
    pages: dict[str, int],
) -> None:
    samira, tom = (token(database, settings, pages[name]) for name in ("Samira", "Tom"))
    swapped = links.page_token(settings.secret_key, pages["Samira"], links.read_page_token(settings.secret_key, tom)[1])  # type: ignore[index]
    with database.write() as session:
        for device in session.scalars(select(Device).where(Device.person_id == world.people["Samira"])):
            device.person_id = world.people["Carla"]
        session.get_one(Person, world.people["Tom"]).disabled_at = clock.moment
    for page in (samira, tom, swapped):
        assert post(client, page, "acknowledgement").status_code == 410
    with database.read() as session:
        assert session.scalars(select(Acknowledgement)).all() == []


def test_the_answers_may_not_be_kept_by_anybody(
    client: FlaskClient, database: Database, settings: Settings, pages: dict[str, int]
) -> None:
    answer = post(client, token(database, settings, pages["Samira"]), "receipts", {"kind": "shown"})
    assert answer.headers["Cache-Control"] == "no-store" and "Set-Cookie" not in answer.headers
