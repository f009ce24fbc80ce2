"""The secret link: it does not leak, cannot be guessed, and opens one case only."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.builders import World
from tests.fakes import FakeClock
from tests.gateways.test_photos import picture
from tests.steps.engine import Engine
from tests.web.html_forms import form, scripts
from tests.web.public_form import photo
from tests.web.tenant_page import SECRET, messages, report
from webcare_pwa import links
from webcare_pwa.db import Base, Database
from webcare_pwa.models.report import Photo, Report


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


@pytest.fixture
def engine(database: Database, clock: FakeClock, world: World) -> Engine:
    return Engine(database, clock)


def rows(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }


def test_looking_changes_nothing(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, engine: Engine
) -> None:
    case = report(database, clock, world)
    engine.tick()
    before = rows(database)
    for url in (case, f"{case}/details", f"{case}/photos/1"):
        client.get(url)
        client.head(url)
    assert rows(database) == before


@pytest.mark.parametrize("path", ["", "/details"])
def test_the_secret_does_not_leak(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, path: str
) -> None:
    answer = client.get(report(database, clock, world) + path)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert scripts(answer.text) == 0
    assert "csrf" not in answer.text
    assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("wrong", [
    "1-AAAAAAAAAAAAAAAAAAAAAAAA", "1-", "1", "0-x", "x", "999999-AAAAAAAAAAAAAAAAAAAAAAAA", "99999999999999999999-x",
    "é-\u2028", "%00", "-1-x",
])
def test_a_wrong_link_is_a_404_page(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, wrong: str
) -> None:
    report(database, clock, world)
    for method, path in (("GET", ""), ("POST", "/messages"), ("GET", "/details"), ("POST", "/details"),
                         ("GET", "/photos/1")):
        answer = client.open(f"/m/{wrong}{path}", method=method, data={"text": "x"} if method == "POST" else None)
        assert answer.status_code == 404
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert len(messages(database)) == 1


def test_a_link_of_another_report_or_one_taken_back(
    client: FlaskClient, database: Database, clock: FakeClock, world: World
) -> None:
    first, second = report(database, clock, world), report(database, clock, world, key="key-2")
    swapped = "2-" + first.partition("-")[2]
    assert client.get(f"/m/{swapped}").status_code == 404
    with database.write() as session:
        session.get_one(Report, 2).link_version = 2
    assert client.get(second).status_code == 404
    assert client.get(f"/m/{links.case_token(SECRET, 2, 2)}").status_code == 200


def test_photos_of_other_reports_are_not_shown(
    client: FlaskClient, database: Database, clock: FakeClock, world: World
) -> None:
    mine, other = report(database, clock, world), report(database, clock, world, key="key-2")
    form(client.get(mine).text, having="text").send(client, {"photo": photo(picture("JPEG"))})
    with database.read() as session:
        number = session.scalars(select(Photo.id)).one()
    shown = client.get(f"{mine}/photos/{number}")
    assert (shown.mimetype, shown.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert shown.data.startswith(b"\xff\xd8")
    assert client.get(f"{other}/photos/{number}").status_code == 404
