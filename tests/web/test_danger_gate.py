"""The danger gate: one tap stores and tells what to do, whatever else fails."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from tests.builders import World
from tests.web.html_forms import form
from tests.web.public_form import NOT_URGENT, URGENT, fill_in, only, stored
from webcare_pwa.db import Database
from webcare_pwa.models.facts import facts_of


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def test_one_tap_on_ja_stores_and_tells_what_to_do(client: FlaskClient, world: World, database: Database) -> None:
    answer = form(client.get("/melden/waterveen").text, having="client_token").send(client)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.text.index("Ga eerst naar buiten") < answer.text.index("Uw melding is opgeslagen")
    assert answer.text.index("Go outside first") < answer.text.index("Uw melding is opgeslagen")
    for number in ("112", "08009009", "0301234567"):
        assert f'href="tel:{number}"' in answer.text
    assert "onderweg" not in answer.text
    message, facts = only(database)
    assert (facts.danger, message.text) == (True, "")


def test_ja_twice_is_one_report(client: FlaskClient, world: World, database: Database) -> None:
    gate = form(client.get("/melden/waterveen").text, having="client_token")
    assert gate.send(client).status_code == gate.send(client).status_code == 200
    only(database)


def test_what_follows_ja_is_added_to_that_report(client: FlaskClient, world: World, database: Database) -> None:
    after = form(client.get("/melden/waterveen").text, having="client_token").send(client)
    kind = form(after.text, having="kind").send(client, {"kind": "gas"})
    assert kind.status_code == 303
    page = client.get(kind.location).text
    assert "klop bij de buren, bel niet aan" in page
    assert "Ik ruik gas".lower() in page
    rest = form(page, having="phone").send(client, {"phone": "0612345678", "postcode": "1234AB", "house_number": "88"})
    assert rest.status_code == 303
    (report,) = stored(database)
    facts = facts_of(report)
    assert (facts.danger, facts.danger_kind, facts.category) == (True, "gas", "gaslucht")
    assert (facts.phone, facts.dwelling_id) == ("06 12345678", world.dwelling)
    assert [message.kind for message in report.messages] == ["report", "addition", "addition"]


def test_ja_without_a_token_still_stores(client: FlaskClient, world: World, database: Database) -> None:
    assert client.post("/melden/waterveen/gevaar").status_code == 200
    assert client.post("/melden/waterveen/gevaar", data={"client_token": "é\0" * 300}).status_code == 200
    assert len(stored(database)) == 2


def test_opening_the_address_of_ja_stores_nothing(client: FlaskClient, world: World, database: Database) -> None:
    assert client.get("/melden/waterveen/gevaar").location == "/melden/waterveen"
    assert stored(database) == []


def test_when_we_cannot_store_he_still_reads_what_to_do(
    client: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise OperationalError("insert", {}, Exception("disk full"))

    monkeypatch.setattr("webcare_pwa.web.tenant_report.intake.receive", broken)
    answer = client.post("/melden/waterveen/gevaar", data={"client_token": "abcdefgh-1"})
    assert answer.status_code == 503
    assert "Ga eerst naar buiten" in answer.text
    assert "niet opgeslagen" in answer.text
    assert 'href="tel:0301234567"' in answer.text


@pytest.mark.parametrize("told", [
    pytest.param({**URGENT, "q-water_at_power": "yes"}, id="answer"),
    pytest.param({**NOT_URGENT, "text": "er is brand in de keuken"}, id="danger words"),
    pytest.param({}, id="nothing answered yet"),
])
def test_danger_is_stored_at_once_and_the_instruction_comes_first(
    client: FlaskClient, world: World, database: Database, told: dict[str, str]
) -> None:
    page = client.get(fill_in(client, **told)).text
    only(database)
    assert page.index("Ga eerst naar buiten") < page.index("Uw melding is opgeslagen")
    assert "Go outside first" in page
    assert form(page, having="phone").names >= {"no_phone", "postcode", "text"}
