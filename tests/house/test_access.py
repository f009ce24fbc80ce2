"""Every route as every role, of both organisations and of nobody, with own numbers and with the other's.

What is expected comes from the one table, `rules/access.py`. A route that is not in it does not start; a row of the table
without a route fails here.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.fakes import SATURDAY_0210, FakeClock
from tests.house import two_sides
from tests.house.two_sides import Side
from webcare_pwa.db import Base, Database
from webcare_pwa.factory import create_app
from webcare_pwa.rules.access import ENDPOINTS, LOGIN, PUBLIC, ROLES
from webcare_pwa.settings import Settings
from webcare_pwa.web import guard

NUMBERED = ("incident_id", "transfer_id", "photo_id", "line_id", "override_id", "token_id", "device_id", "person_id")
ADDRESSED = {"devices.update", "devices.remove", "devices.test", "devices.proof", "acts.answer_transfer"}
ADDRESSED_TO = {"device_id": "duty", "transfer_id": "collega"}  # own things: a colleague with the role may not either
BODIES: dict[str, dict[str, Any]] = {"devices.register": {"json": {}}, "tokens.create": {"data": {"organisation": "1"}}}
WORDS = {"category": "lekkage_ernstig", "filename": "css/app.css", "token": "onbekend"}


@dataclass
class House:
    """The app on a database that can be put back as it was."""

    app: Flask
    database: Database
    file: Path
    original: Path
    here: Side
    there: Side

    def restore(self) -> None:
        self.database.close()
        for leftover in ("-wal", "-shm"):
            self.file.with_name(self.file.name + leftover).unlink(missing_ok=True)
        shutil.copy(self.original, self.file)

    def browser(self, person: int | None) -> FlaskClient:
        """A browser in which somebody is logged in."""
        client = self.app.test_client()
        client.environ_base["HTTP_ORIGIN"] = "http://localhost"  # what browsers say of a form on our own pages
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        if person is not None:
            with client.session_transaction() as session:
                session["_user_id"] = f"{person}:1"
        return client


@pytest.fixture(scope="session")
def two_sided(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Side, Side]:
    """A database with both sides, built once."""
    path = tmp_path_factory.mktemp("sides") / "sides.db"
    shutil.copy(empty_sqlite, path)
    database = Database(f"sqlite:///{path}", durable=False)
    with database.write() as session:
        here = two_sides.build(session, "waterveen", SATURDAY_0210)
        there = two_sides.build(session, "overzee", SATURDAY_0210)
    with database.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    database.close()
    return path, here, there


@pytest.fixture
def house(two_sided: tuple[Path, Side, Side], settings: Settings, tmp_path: Path) -> Iterator[House]:
    original, here, there = two_sided
    file = tmp_path / "walk.db"
    shutil.copy(original, file)
    database = Database(f"sqlite:///{file}", durable=False)
    app = create_app(settings, database=database, clock=FakeClock())
    app.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=True)
    yield House(app, database, file, original, here, there)
    database.close()


def address(house: House, rule: Rule, side: Side, *, mixed: Side | None = None) -> str:
    """The address of a rule with the numbers of one side; with `mixed` the last number is the other side's."""
    values: dict[str, object] = {}
    for name in rule.arguments:
        values[name] = side.numbers[name] if name in NUMBERED else WORDS.get(name, side.slug)
    if rule.endpoint.startswith("cases."):
        values["token"] = side.case_token
    if mixed:
        last = next(name for name in reversed(NUMBERED) if name in rule.arguments)
        values[last] = mixed.numbers[last]
    with house.app.test_request_context():
        return str(house.app.url_map.bind("localhost").build(rule.endpoint, values, append_unknown=False))


def calls(house: House, endpoint: str) -> Iterator[tuple[Rule, str]]:
    for rule in house.app.url_map.iter_rules(endpoint):
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            yield rule, method


def outcome(answer: TestResponse) -> str:
    """login | denied | missing | broken | in"""
    if answer.status_code == 303 and answer.location.startswith("/login?"):
        return "login"
    if answer.status_code == 500:
        return "broken"
    return {403: "denied", 404: "missing"}.get(answer.status_code, "in")


def expected(endpoint: str, role: str | None) -> str:
    allowed = ENDPOINTS[endpoint]
    if allowed == PUBLIC:
        return "in"
    if role is None:
        return "login"
    return "in" if allowed == LOGIN or role in allowed else "denied"


ACTORS: list[str | None] = [None, *ROLES]


def test_the_table_and_the_routes_are_the_same_set(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(ENDPOINTS)


def test_a_route_without_a_class_does_not_start(settings: Settings, database: Database) -> None:
    app = create_app(settings, database=database, clock=FakeClock())
    app.add_url_rule("/geheim", "new.route", lambda: "")
    with pytest.raises(RuntimeError, match=r"new\.route"):
        guard.install(app)


def test_every_number_in_an_address_is_walked(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        numbered = {name for name, kind in rule._converters.items() if type(kind).__name__ == "IntegerConverter"}
        assert numbered <= set(NUMBERED), rule.rule
        assert rule.arguments - numbered <= {*WORDS, "slug"}, rule.rule


@pytest.mark.parametrize("endpoint", sorted(ENDPOINTS))
def test_each_role_gets_in_exactly_where_the_table_says(house: House, endpoint: str) -> None:
    for rule, method in calls(house, endpoint):
        for role in ACTORS:
            before = two_sides.everything(house.database)
            browser = house.browser(house.here.people[role] if role else None)
            answer = browser.open(address(house, rule, house.here), method=method, **BODIES.get(endpoint, {}))
            want, got = expected(endpoint, role), outcome(answer)
            if endpoint in ADDRESSED and want == "in" and role != _owner(rule):
                assert got in ("denied", "missing"), (rule.rule, method, role, answer.status)
            elif want == "in" and WORDS["token"] in address(house, rule, house.here):
                assert got in ("in", "missing"), (rule.rule, method, role, answer.status)
            else:
                assert got == want, (rule.rule, method, role, answer.status)
            if got == "in":
                house.restore()
            else:
                assert two_sides.everything(house.database) == before, (rule.rule, method, role)


@pytest.mark.parametrize("endpoint", sorted(ENDPOINTS))
def test_the_numbers_of_another_organisation_open_and_change_nothing(house: House, endpoint: str) -> None:
    before = two_sides.everything(house.database)
    for rule, method in calls(house, endpoint):
        numbers = [name for name in NUMBERED if name in rule.arguments]
        if not numbers:
            continue
        targets = [] if endpoint.startswith("cases.") else [address(house, rule, house.there)]
        if len(numbers) > 1 or endpoint.startswith("cases."):
            targets.append(address(house, rule, house.here, mixed=house.there))
        for target in targets:
            for role in ACTORS:
                browser = house.browser(house.here.people[role] if role else None)
                answer = browser.open(target, method=method)
                if role is None and not endpoint.startswith("cases."):
                    assert outcome(answer) == "login", (target, method)
                else:
                    assert outcome(answer) in ("denied", "missing"), (target, method, role, answer.status)
                assert house.there.slug not in answer.text, (target, method, role)
                assert two_sides.everything(house.database) == before, (target, method, role)


@pytest.mark.parametrize("endpoint", sorted(ENDPOINTS))
def test_pages_show_nothing_of_another_organisation(house: House, endpoint: str) -> None:
    if ENDPOINTS[endpoint] == PUBLIC:
        assert endpoint.partition(".")[0] in {
            "static",
            "pwa",
            "auth",
            "reporting",
            "cases",
            "agreement",
            "receipts",
            "api",
            "home",
        }
        return
    for rule, method in calls(house, endpoint):
        if method != "GET":
            continue
        for role in ROLES:
            answer = house.browser(house.here.people[role]).get(address(house, rule, house.here))
            assert house.there.slug not in answer.text, (rule.rule, role)


@pytest.mark.parametrize("endpoint", sorted(ENDPOINTS))
def test_the_numbers_of_another_organisation_in_a_form_change_nothing_there(house: House, endpoint: str) -> None:
    there, allowed = house.there, ENDPOINTS[endpoint]
    if allowed == PUBLIC:
        assert allowed not in ROLES
        return
    form = {
        "organisation": there.organisation, "organisation_id": there.organisation, "line": there.numbers["line_id"],
        "person": there.numbers["person_id"], "to": there.numbers["person_id"], "member": there.numbers["person_id"],
        "roles": f"{there.organisation}:administrator", "name": "X", "email": "x@waterveen.example", "token": "t",
        "client_token": "t", "starts_at": "2026-12-01T10:00", "ends_at": "2026-12-01T12:00", "starts_on": "2026-12-07",
        "handoff": "08:00", "weeks": "1", "text": "Lek", "category": "lekkage_ernstig", "note": "n", "slug": there.slug,
        "template": "", "text_nl": "Dag", "kind": "note", "outcome": "solved", "urgency": "spoed", "reason": "r",
        "incident": there.numbers["incident_id"], "dwelling_id": "1", "accept": "yes",
    }  # fmt: skip
    before = _of_side(house.database, there)
    for rule, method in calls(house, endpoint):
        if method == "GET":
            continue
        for role in ROLES if allowed == LOGIN else sorted(allowed):
            answer = house.browser(house.here.people[role]).open(
                address(house, rule, house.here), method=method, data={key: str(value) for key, value in form.items()}
            )
            assert answer.status_code < 500, (rule.rule, role)
            assert _of_side(house.database, there) == before, (rule.rule, role)
            assert house.there.slug not in answer.text, (rule.rule, role)
            house.restore()


def _owner(rule: Rule) -> str:
    return next(ADDRESSED_TO[name] for name in ADDRESSED_TO if name in rule.arguments)


def _of_side(database: Database, side: Side) -> dict[str, list[tuple[object, ...]]]:
    """Every row that carries a number of that side: its organisation, people, incident, line."""
    people, numbers = {*side.people.values(), side.numbers["person_id"]}, side.numbers
    watched = {
        "organisation_id": {side.organisation}, "person_id": people, "to_id": people, "incident_id": {numbers["incident_id"]},
        "line_id": {numbers["line_id"]},
    }  # fmt: skip
    found: dict[str, list[tuple[object, ...]]] = {}
    for table, rows in two_sides.everything(database).items():
        names = [column.name for column in Base.metadata.tables[table].columns]
        found[table] = [
            row for row in rows if any(name in watched and row[place] in watched[name] for place, name in enumerate(names))
        ]
    return found
