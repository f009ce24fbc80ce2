"""The page behind the link of a message: looking changes nothing, a button acts and proves, and nothing is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import SPOED, only_case, send_report
from tests.steps.engine import HOUSE, Engine
from webcare_pwa import links
from webcare_pwa.clock import real_now
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.incident import Refusal
from webcare_pwa.models.person import Person
from webcare_pwa.steps import acknowledgement, alerting, contact_methods


@pytest.fixture
def link(database: Database, world: World, clock: FakeClock, client: FlaskClient) -> str:
    """A message about a report of an address, with its link."""
    give(database, world, clock)
    send_report(database, world, clock.moment, SPOED | {"postcode": "1234AB", "house_number": 88, "name": "Aydin"})
    engine = Engine(database, clock)
    engine.tick()
    return engine.contacts.jobs[0].url.removeprefix(HOUSE.base_url)


def give(database: Database, world: World, clock: FakeClock) -> int:
    with database.write() as session:
        return contact_methods.add(
            session, world.people["Samira"], "sms", {"number": "06 12345611"}, offered=("sms",), now=clock.moment
        ).id


def proof(database: Database) -> bool:
    with database.read() as session:
        return any(session.scalars(select(Delivery.opened_at).where(Delivery.contact_method_id.is_not(None))))


def test_looking_changes_nothing_and_tells_nothing(link: str, client: FlaskClient, database: Database, world: World,
                                                   clock: FakeClock) -> None:
    page = client.get(link)
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer" and "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]
    for private in ("Populieren", "88", "Aydin", "deur", "Samira", "spoed"):
        assert private.lower() not in page.text.lower(), private
    assert not proof(database)
    assert only_case(database, world, clock.moment).acknowledged_at is None


@pytest.mark.parametrize(("button", "says"), [
    ("arrival", "Bewezen"), ("acknowledgement", "U hebt het aangenomen"), ("refusal", "u kunt niet"),
])  # fmt: skip
def test_each_button_acts_once_and_proves(
    link: str, client: FlaskClient, database: Database, world: World, clock: FakeClock, button: str, says: str
) -> None:
    for _ in range(2):
        answer = client.post(f"{link}/{button}")
        assert answer.status_code == 303
        assert says in client.get(answer.location).text
    assert proof(database)
    case = only_case(database, world, clock.moment)
    assert (case.acknowledged_at is not None) == (button == "acknowledgement")
    assert len(case.incident.acknowledgements) == (button == "acknowledgement")
    with database.read() as session:
        assert len(session.scalars(select(Refusal)).all()) == (button == "refusal")


def test_who_comes_second_hears_who_has_it(
    link: str, client: FlaskClient, database: Database, world: World, clock: FakeClock
) -> None:
    case = only_case(database, world, clock.moment)
    with database.write() as session:
        acknowledgement.acknowledge(
            session, case.incident.id, by=world.people["Tom"], via="screen", token="t", now=clock.moment
        )
    answer = client.post(f"{link}/acknowledgement")
    page = client.get(answer.location).text
    assert "Aangenomen door Tom" in page and "U hebt het aangenomen" not in page


def test_a_test_message_can_only_be_confirmed(database: Database, world: World, clock: FakeClock, client: FlaskClient) -> None:
    number = give(database, world, clock)
    with database.write() as session:
        method = contact_methods.owned(session, number, world.people["Samira"])
        alerting.test_contact(session, method, key="test:1", now=clock.moment)
    engine = Engine(database, clock)
    engine.tick()
    path = engine.contacts.jobs[0].url.removeprefix(HOUSE.base_url)
    assert "Ik pak het op" not in client.get(path).text
    assert "Bewezen" in client.get(client.post(f"{path}/acknowledgement").location).text
    assert proof(database)


@pytest.mark.parametrize("what", ["forged", "expired", "removed", "page token", "leaver", "other method"])
def test_a_link_that_does_not_count(
    link: str, client: FlaskClient, database: Database, world: World, clock: FakeClock, what: str
) -> None:
    secret, token = HOUSE.secret_key, link.removeprefix("/c/")
    if what == "forged":
        token = URLSafeTimedSerializer("another key", salt="contact").dumps([1, 1])
    elif what == "page token":
        token = links.page_token(secret, 1, 1)
    elif what == "other method":
        token = links.contact_token(secret, 1, 2)
    elif what == "expired":
        with time_machine.travel(real_now() - timedelta(minutes=61)):
            token = links.contact_token(secret, 1, 1)
    with database.write() as session:
        if what == "removed":
            contact_methods.remove(session, 1, by=world.people["Samira"], now=clock.moment)
        if what == "leaver":
            session.get_one(Person, world.people["Samira"]).disabled_at = clock.moment
    for answer in (client.get(f"/c/{token}"), *(client.post(f"/c/{token}/{each}") for each in ("arrival", "refusal"))):
        assert answer.status_code == 410 and "verlopen" in answer.text
    assert not proof(database)


def test_the_page_tokens_of_a_phone_and_of_a_contact_are_no_use_to_each_other(link: str, client: FlaskClient) -> None:
    token = link.removeprefix("/c/")
    assert client.post(f"/pages/{token}/acknowledgement").status_code == 410
