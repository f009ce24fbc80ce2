"""Invitations and password resets: once, in time, and only for him."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.web.login import csrf_of, login
from webcare_pwa.db import Database
from webcare_pwa.models.person import AccessLink, Person
from webcare_pwa.models.reply import Mail
from webcare_pwa.steps import entry

NEW = "nog een goed wachtwoord"


def ask_reset(client: FlaskClient, email: str) -> str:
    answer = client.post(
        "/password/forgotten", data={"csrf_token": csrf_of(client.get("/password/forgotten").text), "email": email}
    )
    assert answer.status_code == 200
    return answer.text


def mailed_link(database: Database) -> str:
    with database.read() as session:
        body = session.scalars(select(Mail.body).order_by(Mail.id.desc())).first() or ""
    return next(word for word in body.split() if "/access/" in word).removeprefix("http://localhost")


def test_forgotten_says_the_same_whoever_asks(client: FlaskClient, database: Database, world: World) -> None:
    def without_tokens(page: str) -> str:
        return page.split("<main", 1)[1].split("</main>", 1)[0]

    known = ask_reset(client, world.email("Samira"))
    unknown = ask_reset(client, "niemand@corporatie.example")
    assert without_tokens(known) == without_tokens(unknown)
    with database.read() as session:
        assert [mail.to_address for mail in session.scalars(select(Mail))] == [world.email("Samira")]
        assert mailed_link(database).split("/")[-1] not in str(
            [link.token_hash for link in session.scalars(select(AccessLink))]
        )


def test_a_reset_link_works_once_ends_other_sessions_and_logs_in(
    app: Flask, client: FlaskClient, database: Database, world: World
) -> None:
    old = app.test_client()
    login(old, world, "Samira")
    ask_reset(client, world.email("Samira"))
    first = mailed_link(database)
    ask_reset(client, world.email("Samira"))
    address = mailed_link(database)
    page = client.get(address)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(address).status_code == 200  # a mail scanner opening it changes nothing
    done = client.post(address, data={"csrf_token": csrf_of(page.text), "password": NEW})
    assert (done.status_code, done.location) == (303, "/nu")
    assert client.get("/login").status_code == 303
    assert old.get("/login").status_code == 200
    assert [client.get(each).status_code for each in (address, first)] == [410, 410]
    again = client.post(address, data={"csrf_token": csrf_of(page.text), "password": NEW})
    assert again.status_code == 410


@pytest.mark.parametrize("password", ["", "elf tekens.", "x" * 201])
def test_a_password_must_be_long_enough(client: FlaskClient, database: Database, world: World, password: str) -> None:
    ask_reset(client, world.email("Samira"))
    address = mailed_link(database)
    answer = client.post(address, data={"csrf_token": csrf_of(client.get(address).text), "password": password})
    assert answer.status_code == 422
    assert "tekens" in answer.text
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(("purpose", "life"), [("reset", timedelta(hours=1)), ("invite", timedelta(days=7))])
def test_a_link_expires_on_the_real_clock(
    client: FlaskClient, database: Database, world: World, purpose: str, life: timedelta
) -> None:
    made = datetime(2026, 11, 24, 12, tzinfo=UTC)
    with database.write() as session:
        person = session.get_one(Person, world.people["Samira"])
        token = entry.make(session, person, purpose, by=None, now=made, real_now=made)
    for moment, status in ((made + life - timedelta(seconds=1), 200), (made + life, 410)):
        with time_machine.travel(moment, tick=False):
            assert client.get(f"/access/{token}").status_code == status


def test_a_leavers_link_and_a_made_up_link_work_no_more(
    client: FlaskClient, database: Database, world: World, clock: FakeClock
) -> None:
    ask_reset(client, world.email("Samira"))
    with database.write() as session:
        session.get_one(Person, world.people["Samira"]).disabled_at = clock.moment
    assert client.get(mailed_link(database)).status_code == 410
    assert client.get("/access/verzonnen").status_code == 410
    ask_reset(client, world.email("Samira"))
    with database.read() as session:
        assert len(session.scalars(select(AccessLink)).all()) == 1
