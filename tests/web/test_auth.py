"""Logging in, staying in, and being shut out."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import PASSWORD, World
from tests.fakes import FakeClock
from tests.thrift import REAL
from tests.web.login import csrf_of, login
from webcare_pwa import passwords
from webcare_pwa.db import Database
from webcare_pwa.models.person import Person
from webcare_pwa.web import auth


def test_login_opens_the_app_and_lands_where_he_wanted_to_be(client: FlaskClient, world: World) -> None:
    refused = client.get("/devices")
    assert refused.status_code == 303
    form = client.get(refused.location).text
    answer = client.post(
        "/login",
        data={
            "csrf_token": csrf_of(form),
            "email": " SAMIRA@corporatie.example ",
            "password": PASSWORD,
            "next": "/devices",
        },
    )
    assert (answer.status_code, answer.location) == (303, "/devices")
    assert "remember_token" not in str(answer.headers.getlist("Set-Cookie"))
    assert client.get("/login").status_code == 303


def test_a_remembered_phone_stays_in_when_the_session_is_gone(client: FlaskClient, world: World) -> None:
    login(client, world, "Samira")
    client.delete_cookie("session")
    assert client.get("/login").status_code == 303


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("samira@corporatie.example", "verkeerd"),
        ("niemand@corporatie.example", PASSWORD),
        ("", ""),
        ("x" * 10_000, "y" * 10_000),
        ("samira@corporatie.example", "\x00"),
        ("مرحبا@😀", "😀"),
    ],
)
def test_a_wrong_login_gets_one_and_the_same_answer(client: FlaskClient, world: World, email: str, password: str) -> None:
    answer = client.post(
        "/login", data={"csrf_token": csrf_of(client.get("/login").text), "email": email, "password": password}
    )
    assert answer.status_code == 422
    assert auth.WRONG in answer.text
    assert client.get("/nu").status_code == 303


def test_an_unknown_address_costs_as_much_as_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    class Spy:
        def verify(self, stored: str, password: str) -> bool:
            checked.append(stored)
            return True

        def hash(self, password: str) -> str:
            return "hash of nobody"

    monkeypatch.setattr(passwords, "_HASHER", Spy())
    passwords._nobody.cache_clear()
    assert not passwords.matches(None, "x")
    assert passwords.matches("hash of Samira", "x")
    passwords._nobody.cache_clear()
    assert checked == ["hash of nobody", "hash of Samira"]


def test_a_form_without_its_token_is_refused(client: FlaskClient, world: World) -> None:
    answer = client.post("/login", data={"email": world.email("Samira"), "password": PASSWORD})
    assert answer.status_code == 400
    assert client.get("/nu").status_code == 303


def test_over_tls_a_browser_that_sends_no_referrer_can_log_in(app: Flask, world: World) -> None:
    client = app.test_client()
    page = client.get("/login", base_url="https://localhost")
    answer = client.post(
        "/login",
        base_url="https://localhost",
        data={"csrf_token": csrf_of(page.text), "email": world.email("Samira"), "password": PASSWORD},
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil",
        "",
        "http:/now",
        "///evil.example",
    ],
)
def test_next_never_leads_away_from_this_site(client: FlaskClient, world: World, target: str) -> None:
    answer = client.post(
        "/login",
        data={
            "csrf_token": csrf_of(client.get("/login").text),
            "email": world.email("Tom"),
            "password": PASSWORD,
            "next": target,
        },
    )
    assert (answer.status_code, answer.location) == (303, "/nu")


def test_guessing_is_slowed_down_for_one_address_and_not_for_others(client: FlaskClient, world: World) -> None:
    token = csrf_of(client.get("/login").text)

    def attempt(name: str, password: str) -> int:
        data = {"csrf_token": token, "email": world.email(name), "password": password}
        return client.post("/login", data=data).status_code

    assert [attempt("Samira", f"gok {number}") for number in range(12)] == [422] * 10 + [429] * 2
    assert attempt("Samira", PASSWORD) == 429
    assert attempt("Tom", PASSWORD) == 303


def test_too_many_attempts_are_told_in_plain_words(client: FlaskClient, world: World) -> None:
    token = csrf_of(client.get("/login").text)
    for _ in range(11):
        answer = client.post("/login", data={"csrf_token": token, "email": "a@b.nl", "password": "x"})
    assert answer.status_code == 429
    assert auth.TOO_MANY in answer.text


def test_logging_in_often_is_not_guessing(app: Flask, world: World) -> None:
    for _ in range(12):
        login(app.test_client(), world, "Samira")


def test_a_leaver_is_told_so_only_with_the_right_password(
    client: FlaskClient, database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        session.get_one(Person, world.people["Samira"]).disabled_at = clock.moment
    token = csrf_of(client.get("/login").text)
    right = client.post("/login", data={"csrf_token": token, "email": world.email("Samira"), "password": PASSWORD})
    wrong = client.post("/login", data={"csrf_token": token, "email": world.email("Samira"), "password": "x"})
    assert auth.DISABLED in right.text
    assert auth.WRONG in wrong.text
    assert client.get("/nu").status_code == 303


def test_disabling_or_raising_the_version_ends_a_session_at_once(
    client: FlaskClient, database: Database, world: World, clock: FakeClock
) -> None:
    login(client, world, "Samira")
    with database.write() as session:
        session.get_one(Person, world.people["Samira"]).session_version += 1
    assert client.get("/nu").status_code == 303
    login(client, world, "Samira")
    with database.write() as session:
        session.get_one(Person, world.people["Samira"]).disabled_at = clock.moment
    assert client.get("/nu").status_code == 303


def test_an_old_hash_is_renewed_at_login(
    app: Flask, database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_HASHER", REAL)
    login(app.test_client(), world, "Samira")
    with database.read() as session:
        stored = session.get_one(Person, world.people["Samira"]).password_hash or ""
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")  # RFC 9106, the second recommended option
    assert not passwords.is_outdated(stored)
    assert passwords.matches(stored, PASSWORD)
    login(app.test_client(), world, "Samira")
