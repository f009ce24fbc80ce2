"""Melding maken when something is missing, strange or not his: said plainly, and nothing typed is lost."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.builders import World
from tests.fakes import FakeClock
from tests.gateways.test_photos import heic
from tests.web.html_forms import form
from tests.web.intake_form import fill_in, stored
from tests.web.login import login
from tests.web.public_form import NOT_URGENT, URGENT, photo
from webcare_pwa.db import Database
from webcare_pwa.ports import Inbound
from webcare_pwa.steps import intake


def test_urgent_asks_how_to_reach_him_and_keeps_everything(
    client: FlaskClient, world: World, database: Database
) -> None:
    login(client, world, "Olga")
    page = client.get(f"/intake?category=lekkage_ernstig&organisation={world.waterveen}")
    told = {**URGENT, "text": "loopt hard", "find": "populierenlaan 88", "name": "Jansen"}
    answer = form(page.text, having="text").send(client, told)
    assert answer.status_code == 422
    assert "Nog niet opgeslagen" in answer.text
    again = form(answer.text, having="text")
    assert {name: again.values[name] for name in told} == told
    assert again.values["category"] == "lekkage_ernstig"
    assert again.send(client, {"no_phone": "1"}).status_code == 303
    assert len(stored(database)) == 1


def test_danger_waits_for_nothing(client: FlaskClient, world: World, database: Database) -> None:
    login(client, world, "Olga")
    fill_in(client, world, {"text": "ik ruik gas"}, category="gaslucht")
    assert len(stored(database)) == 1


def test_nothing_filled_in_is_said(client: FlaskClient, world: World, database: Database) -> None:
    login(client, world, "Kees")
    answer = form(client.get("/intake").text, having="text").send(client)
    assert answer.status_code == 422
    assert "Er is nog niets ingevuld" in answer.text
    assert stored(database) == []


def test_a_page_that_stood_open_too_long_keeps_what_was_typed(
    client: FlaskClient, world: World, database: Database
) -> None:
    login(client, world, "Olga")
    page = form(client.get(f"/intake?category=lekkage_ernstig&organisation={world.waterveen}").text, having="text")
    told = {**NOT_URGENT, "text": "lek in de keuken", "phone": "0612345678"}
    answer = page.send(client, {**told, "csrf_token": "verlopen"})
    assert answer.status_code == 400
    assert "stond te lang open" in answer.text
    again = form(answer.text, having="text")
    assert {name: again.values[name] for name in told} == told
    assert again.send(client).status_code == 303
    assert len(stored(database)) == 1


def test_who_is_not_logged_in_any_more_is_told_so(client: FlaskClient, world: World, database: Database) -> None:
    answer = client.post("/intake", data={"text": "lek"})
    assert answer.status_code == 400
    assert "stond te lang open" in answer.text
    assert stored(database) == []


def test_sent_twice_is_stored_once(client: FlaskClient, world: World, database: Database) -> None:
    login(client, world, "Kees")
    page = form(client.get("/intake?category=lift_defect").text, having="text")
    told = {"text": "lift staat stil", "phone": "0612345678"}
    assert page.send(client, told).location == page.send(client, told).location
    assert len(stored(database)) == 1


def test_a_bad_photo_is_dropped_and_said_to_the_operator(
    client: FlaskClient, world: World, database: Database
) -> None:
    login(client, world, "Olga")
    location = fill_in(client, world, {**NOT_URGENT, "photo": photo(heic())})
    assert "geen foto die wij kunnen lezen" in client.get(location).text


def test_an_organisation_that_is_not_his_is_not_taken(
    client: FlaskClient, world: World, database: Database
) -> None:
    token = login(client, world, "Kees")
    client.post("/intake", data={"csrf_token": token, "organisation": str(world.linde), "text": "lek", "no_phone": "1"})
    assert [each.organisation_id for each in stored(database)] == [world.waterveen]


def test_the_confirmation_of_another_organisation_is_not_shown(
    client: FlaskClient, world: World, database: Database, clock: FakeClock
) -> None:
    with database.write() as session:
        intake.receive(session, Inbound(world.linde, "web", "x", "raw", "lek"), now=clock.moment)
    login(client, world, "Kees")
    for number in ("1", "2", "-1", "99999999999999999999", "x"):
        assert "opgeslagen" not in client.get(f"/intake?stored={number}").text
