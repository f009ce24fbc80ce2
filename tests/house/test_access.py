"""Every role gets in exactly where the table says; a route without a class does not start."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.routing import Rule

from tests.fakes import SATURDAY_0210, FakeClock
from tests.house import two_sides
from tests.house.two_sides import Side
from tests.house.walk import ACTORS, NUMBERED, WORDS, House, address, calls, outcome
from webcare_pwa.db import Database
from webcare_pwa.factory import create_app
from webcare_pwa.rules.access import ENDPOINTS, LOGIN, PUBLIC
from webcare_pwa.settings import Settings
from webcare_pwa.web import guard

ADDRESSED = {
    "feeds.revoke",
    "devices.update", "devices.remove", "devices.test", "devices.proof", "contacts.order", "contacts.remove", "contacts.test",
    "contacts.code", "contacts.proof", "acts.answer_transfer",
}  # fmt: skip
# own things: a colleague with the role may not either
ADDRESSED_TO = {"device_id": "duty", "method_id": "duty", "feed_id": "duty", "transfer_id": "collega"}
BODIES: dict[str, dict[str, Any]] = {"devices.register": {"json": {}}, "tokens.create": {"data": {"organisation": "1"}},
                                     "outages.attach": {"data": {"other": "1"}},
                                     "joining.confirm": {"data": {"item": "number"}}}


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
    app = create_app(replace(settings, metrics_token="m" * 32), database=database, clock=FakeClock())
    app.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=True)
    yield House(app, database, file, original, here, there)
    database.close()


def expected(endpoint: str, role: str | None) -> str:
    allowed = ENDPOINTS[endpoint]
    if allowed == PUBLIC:
        return "in"
    if role is None:
        return "login"
    return "in" if allowed == LOGIN or role in allowed else "denied"


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


def _owner(rule: Rule) -> str:
    return next(ADDRESSED_TO[name] for name in ADDRESSED_TO if name in rule.arguments)
