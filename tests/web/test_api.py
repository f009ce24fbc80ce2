"""POST /api/v1/reports: what is refused and what never is."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.engine import Engine
from tests.web.api_call import NOW, SECRET, URL, post, stored, warnings
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.models.facts import facts_of
from webcare_pwa.models.organisation import ApiToken


@pytest.fixture
def client(app: Flask, database: Database, world: World) -> FlaskClient:
    with database.write() as session:
        session.add(ApiToken(organisation_id=world.waterveen, name="telefooncentrale", token_hash=links.digest(SECRET),
                             created_at=NOW))
    return app.test_client(use_cookies=False)


def is_problem(answer: TestResponse, status: int) -> bool:
    assert answer.json is not None
    return (answer.status_code, answer.mimetype, answer.json["status"]) == (status, "application/problem+json", status)


def test_a_whole_report_without_warnings(client: FlaskClient, world: World, database: Database) -> None:
    answer = post(client, {
        "external_id": "ticket-1", "text": "Water door het plafond", "category": "lekkage_ernstig",
        "answers": {"water_at_power": "no", "leak_held": "no"}, "postcode": "1234 ab", "house_number": 88,
        "name": "M. Jansen", "phone": "+31612345678", "email": "m@huurder.example", "language": "en-GB", "danger": False,
    })
    assert warnings(answer) == []
    (report,) = stored(database)
    facts = facts_of(report)
    assert answer.json is not None
    assert answer.json["number"] == report.id
    assert (report.organisation_id, report.channel, report.external_id) == (world.waterveen, "api", "ticket-1")
    assert (facts.dwelling_id, facts.address, facts.phone) == (world.dwelling, "Populierenlaan 88", "06 12345678")
    assert (facts.language, facts.answers) == ("en", {"water_at_power": "no", "leak_held": "no"})
    assert client.get(answer.json["link"].removeprefix("http://localhost")).status_code == 200


@pytest.mark.parametrize(("header", "name"), [
    (None, "none"), ("", "empty"), ("Bearer", "no token"), ("Bearer  ", "blank"), ("Bearer wrong", "wrong"),
    (f"Basic {SECRET}", "basic"), (SECRET, "no scheme"), ("Bearer é", "not ascii"),
])
def test_who_has_no_token_is_refused(client: FlaskClient, database: Database, header: str | None, name: str) -> None:
    answer = client.post(URL, json={}, headers={"Authorization": header} if header is not None else {})
    assert is_problem(answer, 401), name
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert stored(database) == []


def test_a_revoked_token_is_refused_at_once(client: FlaskClient, database: Database) -> None:
    assert post(client, {"text": "lek"}).status_code == 202
    with database.write() as session:
        session.scalars(select(ApiToken)).one().revoked_at = NOW
    assert is_problem(post(client, {"text": "lek 2"}), 401)
    assert len(stored(database)) == 1


@pytest.mark.parametrize("body", [
    pytest.param(b"", id="empty"),
    pytest.param(b"{", id="half"),
    pytest.param(b"\xff\xfe{}", id="not utf-8"),
    pytest.param(b'{"text": "\xe9"}', id="latin-1"),
    pytest.param(b"{'text': 'x'}", id="python"),
    pytest.param(b'{"text": "a\x00b"}', id="bare NUL"),
    pytest.param(b"[" * 200_000, id="too deep"),
    pytest.param(b"text=lek", id="form"),
])
def test_what_cannot_be_parsed_is_refused(client: FlaskClient, database: Database, body: bytes) -> None:
    assert is_problem(post(client, body), 400)
    assert stored(database) == []


def test_other_content_types_are_refused_and_json_cousins_are_not(client: FlaskClient) -> None:
    for kind in ("text/plain", "application/xml", "multipart/form-data"):
        assert is_problem(post(client, {"text": "lek"}, content_type=kind), 415)
    for kind in ("application/json; charset=utf-8", "application/ld+json", ""):
        assert post(client, {"text": "lek"}, content_type=kind).status_code == 202


def test_10_mb_is_stored_and_one_byte_more_is_not(client: FlaskClient, database: Database) -> None:
    limit = 10 * 1024 * 1024
    frame = len(b'{"text":""}')
    assert post(client, b'{"text":"' + b"a" * (limit - frame) + b'"}').status_code == 202
    assert is_problem(post(client, b'{"text":"' + b"a" * (limit - frame + 1) + b'"}'), 413)
    (report,) = stored(database)
    assert (len(report.messages[0].text), len(report.messages[0].raw)) == (10_000, limit)


def test_other_methods_are_refused_with_what_is_allowed(client: FlaskClient) -> None:
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        answer = client.open(URL, method=method)
        assert is_problem(answer, 405)
        assert "POST" in answer.headers["Allow"]
    assert is_problem(client.get("/api/v1/nothing"), 404)


@pytest.mark.parametrize(("name", "value"), [
    ("category", "onzin"), ("category", 7), ("category", ["gaslucht"]), ("category", "x" * 100_000),
    ("postcode", "nergens"), ("postcode", {}), ("house_number", "veel"), ("house_number", 10**40),
    ("house_number", -1), ("house_number", True), ("phone", "bel me"), ("phone", 12), ("phone", []),
    ("email", "geen"), ("language", "dutch!"), ("name", {"first": "x"}), ("name", "x" * 500), ("answers", "ja"),
    ("answers", {"onzin": "ja"}), ("danger", "misschien"), ("danger", {}), ("no_phone", "ja"), ("text", {"a": 1}),
    ("text", 12.5), ("text", True), ("kleur", "rood"), ("external_id", ["x"]), ("suffix", []), ("city", 1.5e300 * 1e300),
])
def test_nothing_is_refused_for_its_content(client: FlaskClient, database: Database, name: str, value: object) -> None:
    answer = post(client, {"external_id": "a", "text": "lek", name: value})
    found = warnings(answer)
    if name != "city":
        assert any(each.startswith(name) for each in found), found
    (report,) = stored(database)
    assert json.dumps(value) in report.messages[0].raw


@pytest.mark.parametrize("body", [b"[]", b'"er is brand"', b"7", b"null", b"true", b"NaN", b"-Infinity", b"{}", b"1e999"])
def test_any_json_value_is_stored(client: FlaskClient, database: Database, body: bytes) -> None:
    assert warnings(post(client, body))
    (report,) = stored(database)
    assert report.messages[0].raw == body.decode()


@pytest.mark.parametrize("body", [
    pytest.param(b'{"text": "half \\ud83d", "external_id": "\\ud83d"}', id="lone surrogate"),
    pytest.param(b'{"text": "a\\u0000b", "name": "J\\u0000an", "external_id": "x\\u0000"}', id="NUL"),
    pytest.param(b'{"house_number": ' + b"9" * 5000 + b"}", id="5000 digits"),
    pytest.param(b'{"a": ' + b"[" * 300 + b"]" * 300 + b"}", id="deep"),
    pytest.param(b'{"text": "een", "text": "twee"}', id="key twice"),
    pytest.param(b'\xef\xbb\xbf{"text": "bom"}', id="byte order mark"),
    pytest.param(b'{"": 1, "\\u0000": 2}', id="strange keys"),
    pytest.param(b'{"house_number": 1e400, "postcode": -0.0}', id="infinite"),
])
def test_oddities_of_json_are_stored(client: FlaskClient, database: Database, clock: FakeClock, body: bytes) -> None:
    assert post(client, body).status_code == 202
    (report,) = stored(database)
    assert "\0" not in report.external_id + report.messages[0].text
    report.messages[0].text.encode("utf-8")
    Engine(database, clock).tick()


def test_danger_in_doubt_is_danger(client: FlaskClient, database: Database) -> None:
    for number, (value, is_danger) in enumerate([
        (True, True), ("ja", True), ("yes", True), (1, True), ("misschien", True), ({}, True),
        (False, False), ("nee", False), ("false", False), (0, False), (None, False), ("", False),
    ]):
        assert post(client, {"external_id": str(number), "danger": value}).status_code == 202
        assert facts_of(stored(database)[-1]).danger is is_danger, value


def test_the_address_of_another_organisation_is_not_matched(client: FlaskClient, database: Database) -> None:
    found = warnings(post(client, {"external_id": "a", "postcode": "4321BA", "house_number": 5}))
    assert any(each.startswith("address") for each in found)
    assert facts_of(stored(database)[0]).dwelling_id is None


def test_no_cookie_and_no_csrf_token(client: FlaskClient) -> None:
    assert "Set-Cookie" not in post(client, {"text": "lek"}).headers


def test_the_description_is_served_and_knows_every_field(client: FlaskClient) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json is not None
    operation = answer.json["paths"][URL]["post"]
    fields = operation["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert {"external_id", "text", "category", "danger", "postcode", "phone"} <= fields.keys()
    assert operation["responses"].keys() == {"202", "400", "401", "413", "415"}
    assert "gaslucht" in operation["x-categories"]
