"""The screens for people: invite, roles, links, leavers."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.web.login import csrf_of, login
from webcare_pwa.db import Database
from webcare_pwa.models.audit import AuditEntry
from webcare_pwa.models.person import Person, roles_of
from webcare_pwa.models.reply import Mail


def link_on(page: str) -> str:
    found = re.search(r'id="link">http://localhost(/access/[^<]+)<', page)
    assert found, "no link on the page"
    return found.group(1)


def test_an_invited_colleague_can_log_in_with_his_link(
    app: Flask, client: FlaskClient, database: Database, world: World
) -> None:
    token = login(client, world, "Ada")
    form = {"csrf_token": token, "name": " Noor  Bakker ", "email": "Noor@Corporatie.example", "phone": "06 12345678"}
    answer = client.post("/people", data={**form, "roles": [f"{world.waterveen}:duty", f"{world.linde}:duty"]})
    assert answer.status_code == 200
    link = link_on(answer.text)
    with database.read() as session:
        noor = session.scalars(select(Person).where(Person.email == "noor@corporatie.example")).one()
        assert (noor.name, noor.phone) == ("Noor Bakker", "06 12345678")
        assert roles_of(noor) == {(world.waterveen, "duty")}  # Ada has no say at De Linde
    assert "Uitgenodigd" in client.get("/people").text
    browser = app.test_client()
    chosen = {"csrf_token": csrf_of(browser.get(link).text), "password": "welterusten allemaal"}
    assert browser.post(link, data=chosen).status_code == 303
    assert browser.get("/devices").status_code == 200
    assert link not in client.get(f"/people/{noor.id}").text  # shown once


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Vul een naam in."),
        ("name", "x" * 121, "te lang"),
        ("email", "geen adres", "Dit is geen e-mailadres."),
        ("email", "", "Dit is geen e-mailadres."),
        ("email", "samira@corporatie.example", "Er is al iemand"),
        ("phone", "12", "Dit is geen telefoonnummer."),
        ("roles", "", "Kies ten minste één rol."),
        ("roles", "999:duty", "Kies ten minste één rol."),
    ],
)
def test_what_is_wrong_stands_at_the_field_and_the_rest_is_kept(
    client: FlaskClient, world: World, field: str, value: str, sentence: str
) -> None:
    token = login(client, world, "Ada")
    form = {"csrf_token": token, "name": "Noor 😀 نور", "email": "noor@b.nl", "phone": "", "roles": f"{world.waterveen}:duty"}
    answer = client.post("/people", data={**form, field: value})
    assert answer.status_code == 422
    assert sentence in answer.text
    if field != "name":
        assert "Noor 😀 نور" in answer.text
    with_box = re.search(rf'value="{world.waterveen}:duty" checked', answer.text)
    assert bool(with_box) == (field != "roles")


def test_the_list_shows_own_colleagues_and_own_roles_only(client: FlaskClient, world: World) -> None:
    login(client, world, "Ada")
    page = client.get("/people").text
    assert "Kees de Vries" in page
    assert "Linda de Vries" not in page
    assert "De Linde" not in page
    assert "De Linde" not in client.get(f"/people/{world.people['Tom']}").text


def test_who_cannot_be_woken_stands_red(client: FlaskClient, database: Database, world: World, clock: FakeClock) -> None:
    login(client, world, "Carla")
    assert client.get("/people").text.count("Geen toestel dat wekt") == 3
    with database.write() as session:
        add_device(session, world.people["Samira"], "https://push.example/1", clock.moment)
        add_device(session, world.people["Tom"], "https://push.example/2", clock.moment, waking=False)
    assert client.get("/people").text.count("Geen toestel dat wekt") == 2


def test_changing_roles_ends_where_his_say_ends(client: FlaskClient, database: Database, world: World) -> None:
    token = login(client, world, "Ada")
    tom = world.people["Tom"]
    form = {"csrf_token": token, "name": "Tom Bos", "phone": "", "roles": [f"{world.waterveen}:operator"]}
    assert client.post(f"/people/{tom}", data=form).status_code == 303
    with database.read() as session:
        person = session.get_one(Person, tom)
        assert person.name == "Tom Bos"
        assert roles_of(person) == {(world.waterveen, "operator"), (world.linde, "duty")}
    wrong = client.post(f"/people/{tom}", data={**form, "name": ""})
    assert (wrong.status_code, "Vul een naam in." in wrong.text) == (422, True)


def test_the_coordinator_makes_a_link_at_three_in_the_morning(
    app: Flask, client: FlaskClient, database: Database, world: World
) -> None:
    token = login(client, world, "Carla")
    answer = client.post(f"/people/{world.people['Samira']}/link", data={"csrf_token": token})
    browser = app.test_client()
    assert browser.get(link_on(answer.text)).status_code == 200
    with database.read() as session:
        assert session.scalars(select(Mail.to_address)).all() == [world.email("Samira")]
        made = session.scalars(select(AuditEntry).where(AuditEntry.act == "reset_link")).one()
        assert made.person_id == world.people["Carla"]


def test_a_link_is_mailed_and_not_shown_for_who_also_works_elsewhere(client: FlaskClient, world: World) -> None:
    token = login(client, world, "Ada")
    answer = client.post(f"/people/{world.people['Samira']}/link", data={"csrf_token": token})
    assert answer.status_code == 200
    assert "/access/" not in answer.text


@pytest.mark.parametrize("act", ["link", "disable"])
def test_no_ladder_up(client: FlaskClient, database: Database, world: World, act: str) -> None:
    token = login(client, world, "Carla")
    answer = client.post(f"/people/{world.people['Ada']}/{act}", data={"csrf_token": token})
    assert answer.status_code == 403
    assert "/access/" not in answer.text
    with database.read() as session:
        assert session.get_one(Person, world.people["Ada"]).disabled_at is None
        assert session.scalars(select(Mail)).all() == []
    page = client.get(f"/people/{world.people['Ada']}").text
    assert f"/{act}" not in page


def test_a_leaver_is_out_at_once(app: Flask, client: FlaskClient, world: World) -> None:
    leaver = app.test_client()
    login(leaver, world, "Kees")
    token = login(client, world, "Carla")
    assert leaver.get("/devices").status_code == 200
    assert client.post(f"/people/{world.people['Kees']}/disable", data={"csrf_token": token}).status_code == 303
    assert leaver.get("/devices").status_code == 303
    page = client.get(f"/people/{world.people['Kees']}").text
    assert "Afgesloten op zaterdag 28 november" in page
    assert "/link" not in page
    assert client.post(f"/people/{world.people['Kees']}/link", data={"csrf_token": token}).status_code == 409


@pytest.mark.parametrize("path", ["", "/link", "/disable"])
def test_people_of_another_corporation_do_not_exist(client: FlaskClient, world: World, path: str) -> None:
    token = login(client, world, "Ada")
    answer = client.post(f"/people/{world.people['Linda']}{path}", data={"csrf_token": token, "name": "X"})
    assert answer.status_code == 404
    assert "Linda" not in answer.text
