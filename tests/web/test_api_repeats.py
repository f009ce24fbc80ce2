"""The same external id again, and sources that send much."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.engine import Engine
from tests.web.api_call import NOW, SECRET, post, stored, warnings
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.models.organisation import ApiToken
from webcare_pwa.models.report import Report


@pytest.fixture
def client(app: Flask, database: Database, world: World) -> FlaskClient:
    with database.write() as session:
        session.add(ApiToken(organisation_id=world.waterveen, name="telefooncentrale", token_hash=links.digest(SECRET),
                             created_at=NOW))
    return app.test_client(use_cookies=False)


def test_the_same_id_again_is_the_same_report(client: FlaskClient, database: Database) -> None:
    body = {"external_id": "a", "text": "lek"}
    one, two = post(client, body), post(client, body)
    assert one.json == two.json
    assert len(stored(database)[0].messages) == 1


def test_the_same_id_with_another_text_is_an_addition_and_judged(
    client: FlaskClient, database: Database, clock: FakeClock
) -> None:
    engine = Engine(database, clock)
    answers = {"water_at_power": "no", "ceiling_falling": "no", "leak_held": "held"}
    post(client, {"external_id": "a", "text": "lek", "category": "lekkage_ernstig", "answers": answers})
    engine.tick()
    post(client, {"external_id": "a", "text": "er is brand", "category": "lekkage_ernstig", "answers": answers})
    engine.tick()
    with database.read() as session:
        report = session.scalars(
            select(Report).options(selectinload(Report.messages), selectinload(Report.verdicts))).one()
        assert [message.text for message in report.messages] == ["lek", "er is brand"]
        assert [verdict.urgency for verdict in report.verdicts] == ["werkdag", "noodgeval"]


def test_without_an_id_the_body_is_the_key(client: FlaskClient, database: Database) -> None:
    for _ in range(2):
        assert any("external_id" in each for each in warnings(post(client, {"text": "lek"})))
    post(client, {"text": "ander lek"})
    assert len(stored(database)) == 2


def test_two_long_ids_stay_two(client: FlaskClient, database: Database) -> None:
    post(client, {"external_id": "x" * 500 + "1", "text": "lek"})
    post(client, {"external_id": "x" * 500 + "2", "text": "lek"})
    assert len(stored(database)) == 2


def test_a_busy_source_is_marked_and_never_refused(client: FlaskClient, database: Database) -> None:
    for number in range(35):
        assert post(client, {"external_id": str(number), "text": "lek"}).status_code == 202
    assert [each.over_rate for each in stored(database)] == [False] * 30 + [True] * 5


def test_many_warnings_do_not_drown_the_answer(client: FlaskClient) -> None:
    assert len(warnings(post(client, {f"veld {number}": 1 for number in range(1000)}))) <= 45
