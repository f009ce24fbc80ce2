"""House rules at the composer: a promise without an agreement is stopped, the words are kept, a reason sends it anyway."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.reported import report_case
from tests.web.login import login
from webcare_pwa.db import Database
from webcare_pwa.models.audit import AuditEntry
from webcare_pwa.models.reply import Reply
from webcare_pwa.steps import progress

PROMISE = "De monteur komt vanavond nog bij u langs."


@pytest.fixture
def incident(database: Database, world: World, clock: FakeClock) -> int:
    with database.write() as session:
        return report_case(session, world, clock.moment)[0].id


@pytest.fixture
def csrf(client: FlaskClient, world: World) -> str:
    return login(client, world, "Samira")


def post(client: FlaskClient, incident: int, csrf: str, text: str, **more: str) -> tuple[int, str]:
    data = {"csrf_token": csrf, "client_token": "t1", "template": "", "text_nl": text, **more}
    answer = client.post(f"/incidents/{incident}/replies", data=data)
    return answer.status_code, answer.text


def replies(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Reply.text_nl).where(Reply.kind == "free")))


def test_a_promise_without_agreement_is_stopped(client: FlaskClient, database: Database, incident: int, csrf: str) -> None:
    status, html = post(client, incident, csrf, PROMISE)
    assert status == 422
    assert PROMISE in html and "nog geen afspraak vastgelegd" in html and 'name="reason"' in html
    assert replies(database) == []


def test_with_a_reason_it_goes_and_the_reason_is_kept(
    client: FlaskClient, database: Database, incident: int, csrf: str
) -> None:
    status, _ = post(client, incident, csrf, PROMISE, reason="agreed")
    assert status == 303
    assert replies(database) == [PROMISE]
    with database.read() as session:
        kept = session.scalars(select(AuditEntry).where(AuditEntry.act == "house_rules_overridden")).one()
    assert kept.detail == {"rules": ["promise"], "reason": "agreed"}


def test_an_agreement_makes_it_true(
    client: FlaskClient, database: Database, world: World, clock: FakeClock, incident: int, csrf: str
) -> None:
    with database.write() as session:
        progress.record(session, incident, "contractor_eta_recorded", by=world.people["Samira"], token="p1", party="Veenkade",
                        promised_at=clock.moment, now=clock.moment)
    assert post(client, incident, csrf, PROMISE)[0] == 303


def test_a_lighter_fault_goes_out_and_is_named_afterwards(
    client: FlaskClient, database: Database, incident: int, csrf: str
) -> None:
    assert post(client, incident, csrf, "Conform afspraak kijken wij ernaar.")[0] == 303
    assert "Neem een gewoon woord" in client.get(f"/incidents/{incident}").text
