"""The public form: the way from the first page to a number, and the address and telephone asked on it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import World
from tests.web.html_forms import form, scripts
from tests.web.public_form import LEAK, NOT_URGENT, URGENT, fill_in, only, stored
from webcare_pwa import rulebook
from webcare_pwa.db import Database
from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.models.facts import facts_of


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def test_30_seconds_from_the_first_page_to_a_number(client: FlaskClient, world: World, database: Database) -> None:
    assert "/melden/waterveen" in client.get("/melden").text
    assert "/melden/waterveen/wat" in client.get("/melden/waterveen").text
    assert LEAK in client.get("/melden/waterveen/wat").text
    case = client.get(fill_in(client, **URGENT, text="Water uit het plafond", postcode="1234 ab", house_number="88",
                              phone="06-12345678", email="m@huurder.example", name="M. Jansen"))
    assert case.status_code == 200
    message, facts = only(database)
    assert f"nummer {message.report_id}" in case.text
    assert facts.answers == {"water_at_power": "no", "ceiling_falling": "no", "leak_held": "no"}
    assert (facts.category, facts.dwelling_id, facts.address) == ("lekkage_ernstig", world.dwelling, "Populierenlaan 88")
    assert (facts.phone, facts.email, facts.name) == ("06 12345678", "m@huurder.example", "M. Jansen")
    assert "warnings" not in message.facts


def test_every_category_is_two_taps_away(client: FlaskClient, world: World) -> None:
    page = client.get("/melden/waterveen/wat").text
    for category in rulebook.load().categories.values():
        assert f'href="/melden/waterveen/wat/{category.id}"' in page
        assert f'href="#{category.group}"' in page or page.count(f"/wat/{category.id}\"") == 1
        assert client.get(f"/melden/waterveen/wat/{category.id}").status_code == 200


@pytest.mark.parametrize("url", ["/melden", "/melden/waterveen", "/melden/waterveen/wat", LEAK, "/melden/nergens"])
def test_no_cookie_no_script_no_csrf_and_the_number_in_sight(client: FlaskClient, world: World, url: str) -> None:
    answer = client.get(url)
    assert "Set-Cookie" not in answer.headers
    assert scripts(answer.text) == 0
    assert "csrf" not in answer.text
    assert answer.text.count("<h1") == 1
    if url.count("waterveen"):
        assert 'href="tel:0301234567"' in answer.text


def test_urgent_asks_for_a_telephone_and_keeps_what_was_typed(
    client: FlaskClient, world: World, database: Database
) -> None:
    told = {**URGENT, "text": "Het loopt <b>hard</b>", "postcode": "1234ab", "house_number": "88", "name": "Jansen",
            "email": "m@huurder.example"}
    answer = form(client.get(LEAK).text, having="text").send(client, told)
    assert answer.status_code == 422
    assert stored(database) == []
    again = form(answer.text, having="text")
    assert {name: again.values[name] for name in told} == {**told, "text": "Het loopt <b>hard</b>"}
    assert again.send(client, {"no_phone": "1"}).status_code == 303
    _message, facts = only(database)
    assert (facts.no_phone, facts.phone) == (True, "")


def test_not_urgent_needs_no_telephone(client: FlaskClient, world: World, database: Database) -> None:
    fill_in(client, **NOT_URGENT)
    assert only(database)[1].phone == ""


def test_an_unclear_suffix_is_asked_after_storing(client: FlaskClient, world: World, database: Database) -> None:
    with database.write() as session:
        for suffix in ("1", "2"):
            session.add(Dwelling(organisation_id=world.waterveen, postcode="1234CD", house_number=7, suffix=suffix,
                                 street="Kadeweg", city="Waterveen"))
    told = {"postcode": "1234CD", "house_number": "7"}
    refused = form(client.get(LEAK).text, having="text").send(client, {**URGENT, **told})
    assert refused.status_code == 422
    offered = form(refused.text, having="dwelling")
    assert len(offered.choices["dwelling"]) == 3
    sent = offered.send(client, {"dwelling": offered.choices["dwelling"][1], "phone": "0612345678"})
    assert sent.status_code == 303
    assert only(database)[1].suffix == "2"
    location = fill_in(client, **NOT_URGENT, **told)
    assert "meer woningen" in client.get(location).text
    assert facts_of(stored(database)[1]).address == "Kadeweg 7"


@pytest.mark.parametrize(("told", "address", "warning"), [
    ({"postcode": "1234AB", "house_number": "999"}, "1234AB 999", "kennen dit adres niet"),
    ({"postcode": "xx", "house_number": "88"}, "88 xx", "postcode klopt niet"),
    ({"postcode": "1234AB", "house_number": "onbekend"}, "onbekend", "huisnummer niet lezen"),
    ({"postcode": "4321BA", "house_number": "5"}, "4321BA 5", "kennen dit adres niet"),  # the other corporation's
    ({"address": "ergens achter de kerk"}, "ergens achter de kerk", "kennen dit adres niet"),
    ({"address": "populierenlaan 88"}, "Populierenlaan 88", ""),
    ({"house_number": "9" * 400}, "9" * 200, "huisnummer niet lezen"),
])
def test_an_address_we_do_not_know_is_kept_as_typed(
    client: FlaskClient, world: World, database: Database, told: dict[str, str], address: str, warning: str
) -> None:
    page = client.get(fill_in(client, **NOT_URGENT, **told)).text
    assert only(database)[1].address == address
    assert warning in page
    assert ("warnings" in only(database)[0].facts) == bool(warning)


def test_a_dwelling_of_another_corporation_cannot_be_picked(
    client: FlaskClient, world: World, database: Database
) -> None:
    with database.read() as session:
        other = session.scalars(select(Dwelling.id).where(Dwelling.organisation_id == world.linde)).one()
    assert client.post(LEAK, data={**NOT_URGENT, "dwelling": str(other)}).status_code == 303
    assert only(database)[1].dwelling_id is None


@pytest.mark.parametrize(("field", "typed", "sentence"), [
    ("phone", "06123456", "telefoonnummer lijkt niet te kloppen"),
    ("email", "jansen@", "e-mailadres klopt niet"),
])
def test_a_strange_phone_or_mail_address_is_said_and_nothing_is_lost(
    client: FlaskClient, world: World, database: Database, field: str, typed: str, sentence: str
) -> None:
    page = client.get(fill_in(client, **NOT_URGENT, **{field: typed})).text
    assert sentence in page
    message, _facts = only(database)
    assert typed in message.raw


def test_a_category_that_does_not_exist(client: FlaskClient, world: World, database: Database) -> None:
    assert client.get("/melden/waterveen/wat/onzin").location == "/melden/waterveen/wat"
    assert client.post("/melden/waterveen/wat/onzin", data={"text": "er is iets"}).status_code == 303
    assert only(database)[1].category == ""


def test_a_corporation_that_does_not_exist(client: FlaskClient, world: World) -> None:
    for url in ("/melden/onzin", "/melden/onzin/wat", "/melden/onzin/wat/overig"):
        assert client.get(url).status_code == 404
    assert client.post("/melden/onzin/gevaar").status_code == 404
