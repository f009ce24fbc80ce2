"""Getting in and out, through the real forms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import PASSWORD, World, add_device
from tests.fakes import FakeClock
from tests.web.login import csrf_of, login
from webcare_pwa import passwords
from webcare_pwa.db import Database
from webcare_pwa.models.audit import AuditEntry
from webcare_pwa.models.device import Device
from webcare_pwa.models.person import AccessLink, Person
from webcare_pwa.models.reply import Mail
from webcare_pwa.steps import entry
from webcare_pwa.web import auth

NEW = "nog een goed wachtwoord"


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


def test_an_old_hash_is_renewed_at_login(app: Flask, database: Database, world: World) -> None:
    login(app.test_client(), world, "Samira")
    with database.read() as session:
        stored = session.get_one(Person, world.people["Samira"]).password_hash or ""
    assert not passwords.is_outdated(stored)
    assert passwords.matches(stored, PASSWORD)
    login(app.test_client(), world, "Samira")


def test_who_is_on_duty_is_asked_first(client: FlaskClient, database: Database, world: World) -> None:
    token = login(client, world, "Samira")
    asked = client.post("/logout", data={"csrf_token": token})
    assert "U heeft dienst. Toch uitloggen?" in asked.text
    assert client.get("/login").status_code == 303  # still in
    assert client.post("/logout", data={"csrf_token": token, "sure": "yes"}).status_code == 303
    assert client.get("/login").status_code == 200
    with database.read() as session:
        told = session.scalars(select(Mail)).all()
        acts = session.scalars(select(AuditEntry.act)).all()
    assert [mail.to_address for mail in told] == [world.email("Carla")]
    assert "Samira" in told[0].subject
    assert {"logged_out", "unreachable"} <= set(acts)


def test_who_keeps_another_waking_device_tells_nobody(
    client: FlaskClient, database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        this = add_device(session, world.people["Samira"], "https://push.example/1", clock.moment).id
        other = add_device(session, world.people["Samira"], "https://push.example/2", clock.moment).id
        toms = add_device(session, world.people["Tom"], "https://push.example/3", clock.moment).id
    token = login(client, world, "Samira")
    client.post("/logout", data={"csrf_token": token, "sure": "yes", "endpoint": "https://push.example/1"})
    with database.read() as session:
        assert session.get_one(Device, this).removed_at is not None
        assert session.get_one(Device, other).removed_at is None
        assert session.scalars(select(Mail)).all() == []
    token = login(client, world, "Samira")
    client.post("/logout", data={"csrf_token": token, "sure": "yes", "endpoint": "https://push.example/3"})
    with database.read() as session:
        assert session.get_one(Device, toms).removed_at is None


def test_off_duty_without_a_device_one_tap_is_enough(client: FlaskClient, database: Database, world: World) -> None:
    token = login(client, world, "Kees")
    assert "U heeft dienst" not in client.get("/logout").text
    assert client.post("/logout", data={"csrf_token": token}).status_code == 303
    with database.read() as session:
        assert session.scalars(select(Mail)).all() == []


def test_off_duty_a_phone_that_is_paged_is_asked_for_first(
    client: FlaskClient, database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        device = add_device(session, world.people["Kees"], "https://push.example/1", clock.moment).id
    token = login(client, world, "Kees")
    asked = client.post("/logout", data={"csrf_token": token})
    assert asked.status_code == 200 and 'name="endpoint"' in asked.text and "push.js" in asked.text
    client.post("/logout", data={"csrf_token": token, "sure": "yes", "endpoint": "https://push.example/1"})
    with database.read() as session:
        assert session.get_one(Device, device).removed_at is not None


def test_an_expired_session_unsubscribes_nothing(
    client: FlaskClient, database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        device = add_device(session, world.people["Samira"], "https://push.example/1", clock.moment).id
    login(client, world, "Samira")
    client.delete_cookie("session")
    client.delete_cookie("remember_token")
    assert client.get("/nu").status_code == 303
    with database.read() as session:
        assert session.get_one(Device, device).removed_at is None


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
