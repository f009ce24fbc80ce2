"""The numbers of another organisation, in addresses and in forms, open nothing and change nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.fakes import SATURDAY_0210, FakeClock
from tests.house import two_sides
from tests.house.two_sides import Side
from tests.house.walk import ACTORS, NUMBERED, House, address, calls, outcome
from webcare_pwa.db import Base, Database
from webcare_pwa.factory import create_app
from webcare_pwa.rules.access import ENDPOINTS, LOGIN, PUBLIC, ROLES
from webcare_pwa.settings import Settings


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
            "health",
            "auth",
            "reporting",
            "cases",
            "agreement",
            "receipts",
            "api",
            "home",
            "voice",
            "contact_page",
            "calendar_feed",
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
        "organisation": there.organisation, "organisation_id": there.organisation, "desk": there.numbers["desk_id"],
        "line": there.numbers["line_id"],
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
