"""What a tenant adds on his own page."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.builders import World
from tests.fakes import FakeClock
from tests.gateways.test_photos import picture
from tests.steps.engine import Engine
from tests.web.html_forms import form
from tests.web.public_form import photo
from tests.web.tenant_page import messages, report, words
from webcare_pwa.db import Database
from webcare_pwa.models.facts import facts_of
from webcare_pwa.models.report import Report


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


@pytest.fixture
def engine(database: Database, clock: FakeClock, world: World) -> Engine:
    return Engine(database, clock)


def test_what_he_adds_is_stored_once_and_judged(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, engine: Engine
) -> None:
    case = report(database, clock, world)
    box = form(client.get(case).text, having="text")
    for _ in range(2):
        answer = box.send(client, {"text": "Nu ruik ik ook gas", "photo": photo(picture("JPEG"))})
        assert answer.status_code == 303
        assert answer.location.startswith(case)
    added = messages(database)
    assert [each.text for each in added] == ["Water uit het plafond", "Nu ruik ik ook gas"]
    assert len(added[1].photos) == 1
    engine.tick()
    page = words(client, case)
    assert "Nu ruik ik ook gas" in page
    assert "Ga eerst naar buiten" in page


def test_an_empty_addition_is_asked_for_again(
    client: FlaskClient, database: Database, clock: FakeClock, world: World
) -> None:
    case = report(database, clock, world)
    answer = form(client.get(case).text, having="text").send(client, {"text": "  "})
    assert answer.status_code == 422
    assert "Schrijf iets, of kies een foto" in answer.text
    assert len(messages(database)) == 1


def test_a_bad_photo_alone_is_not_lost_without_a_word(
    client: FlaskClient, database: Database, clock: FakeClock, world: World
) -> None:
    case = report(database, clock, world)
    answer = form(client.get(case).text, having="text").send(client, {"photo": photo(b"niets", "x.jpg")})
    assert answer.status_code == 303
    assert "geen foto die wij kunnen lezen" in words(client, case)


def test_details_only_stores_what_is_new(
    client: FlaskClient, database: Database, clock: FakeClock, world: World
) -> None:
    case = report(database, clock, world, postcode="1234AB", house_number=88, city="Waterveen")
    page = client.get(f"{case}/details").text
    form(page, having="phone").send(client)
    assert len(messages(database)) == 1
    form(page, having="phone").send(client, {"phone": "030 765 43 21", "text": "erger"})
    (_first, added) = messages(database)
    assert added.facts == {"phone": "030 765 4321"}
    assert added.text == "erger"


def test_an_unknown_address_in_the_details_is_stored_once(
    client: FlaskClient, database: Database, clock: FakeClock, world: World
) -> None:
    case = report(database, clock, world, dwelling_id=None, address="", phone="")
    told = {"postcode": "9999ZZ", "house_number": "1"}
    for _ in range(2):
        form(client.get(f"{case}/details").text, having="phone").send(client, told)
    assert len(messages(database)) == 2
    assert "kennen dit adres niet" in words(client, case)


def test_the_facts_of_all_messages_together(
    client: FlaskClient, database: Database, clock: FakeClock, world: World
) -> None:
    case = report(database, clock, world, phone="")
    form(client.get(f"{case}/details").text, having="phone").send(client, {"no_phone": "1"})
    with database.read() as session:
        stored = session.scalars(select(Report).options(selectinload(Report.messages))).one()
    assert facts_of(stored).no_phone
