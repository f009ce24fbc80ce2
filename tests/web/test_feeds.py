"""The links for calendar apps: made, shown once, made anew, revoked; what a stranger and a client get."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, text

from tests import ics
from tests.builders import World
from tests.fakes import FakeClock
from tests.house import two_sides
from tests.web.login import login
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.models.calendar_feed import CalendarFeed
from webcare_pwa.models.person import Person, Role
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps import planning


def make(client: FlaskClient, token: str, desk: int | None = None) -> str:
    """The path of a new link."""
    answer = client.post("/rota/feeds", data={"csrf_token": token} | ({"desk": str(desk)} if desk else {}))
    assert answer.status_code == 200
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    found = re.search(r'id="secret">http://localhost(/agenda/[\w-]+\.ics)<', answer.text)
    assert found, answer.text
    assert f'href="webcal://localhost{found[1]}"' in answer.text
    return found[1]


def test_my_own_shifts(client: FlaskClient, app: Flask, world: World, database: Database) -> None:
    path = make(client, login(client, world, "Samira"))
    phone = app.test_client()  # no login
    answer = phone.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer.headers
    assert ics.name_of(answer.text) == "Mijn diensten"
    now = parse("2026-11-28T02:10")
    assert ics.on_at(answer.text, "Dienst: ", now) == ["eerste lijn"]
    assert ics.on_at(answer.text, "Dienst: ", parse("2026-12-01T02:10")) == ["achterwacht"]
    for private in ("Tom", "Samira", "de Vries", "@waterveen", "06"):
        assert private not in re.sub(r"^(UID|DT|LAST).*$", "", answer.text, flags=re.MULTILINE)
    assert path.removeprefix("/agenda/") not in client.get("/rota/feeds").text  # shown once


def test_the_desk_names_colleagues_and_nothing_else(client: FlaskClient, app: Flask, world: World) -> None:
    path = make(client, login(client, world, "Kees"), world.desk)
    found = app.test_client().get(path).text
    assert ics.name_of(found) == "Rooster Dienstgroep Waterveen"
    names = {each.summary for each in ics.events(found)}
    assert names == {f"{line}: {name} de Vries" for line in ("Eerste lijn", "Achterwacht") for name in ("Samira", "Tom")}
    assert all(each.uid.endswith("@localhost") and not each.description for each in ics.events(found))
    assert "@corporatie" not in found


def test_reading_changes_nothing_and_only_changes_are_sent(
    client: FlaskClient, app: Flask, world: World, database: Database, clock: FakeClock
) -> None:
    path = make(client, login(client, world, "Tom"), world.desk)
    phone = app.test_client()
    before = two_sides.everything(database)
    first = phone.get(path)
    clock.move(minutes=50)
    again = phone.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert phone.head(path).status_code == 200
    assert two_sides.everything(database) == before
    old = {each.uid: each for each in ics.events(first.text)}
    with database.write() as session:
        planning.move_shift(session, world.lines["first_line"], world.people["Pieter"], parse("2026-11-30T08:00"),
                            parse("2026-12-07T08:00"), by=world.people["Carla"], now=clock.moment)  # fmt: skip
    changed = phone.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    new = {each.uid: each for each in ics.events(changed.text)}
    assert new.keys() == old.keys()  # the same shifts, one of them somebody else's
    assert [new[uid].summary for uid in new if new[uid].summary != old[uid].summary] == ["Eerste lijn: Pieter de Vries"]
    assert all(new[uid].sequence > old[uid].sequence and new[uid].stamp >= old[uid].stamp for uid in new)


def test_made_anew_and_revoked(client: FlaskClient, app: Flask, world: World, database: Database) -> None:
    token = login(client, world, "Samira")
    first, desk = make(client, token), make(client, token, world.desk)
    second = make(client, token)
    phone = app.test_client()
    assert [phone.get(path).status_code for path in (first, desk, second)] == [404, 200, 200]
    with database.read() as session:
        live = session.scalars(select(CalendarFeed.id).where(CalendarFeed.revoked_at.is_(None))).all()
        own = session.scalars(select(CalendarFeed.id).where(CalendarFeed.token_hash == links.digest(second[8:-4]))).one()
    assert len(live) == 2
    assert client.get(f"/rota/feeds/{own}/revocation").status_code == 405
    for _ in range(2):  # twice is harmless
        assert client.post(f"/rota/feeds/{own}/revocation", data={"csrf_token": token}).status_code == 303
    assert [phone.get(path).status_code for path in (desk, second)] == [200, 404]


def test_the_secret_is_not_kept(client: FlaskClient, world: World, database: Database) -> None:
    secret = make(client, login(client, world, "Samira")).removeprefix("/agenda/").removesuffix(".ics")
    assert len(secret) >= 43
    assert secret not in str(two_sides.everything(database))
    with database.read() as session:
        assert secret not in str(session.execute(text("select * from audit")).all())


def test_a_link_dies_with_the_right(
    client: FlaskClient, app: Flask, world: World, database: Database, clock: FakeClock
) -> None:
    token = login(client, world, "Kees")
    own, desk = make(client, token), make(client, token, world.desk)
    phone = app.test_client()
    with database.write() as session:
        session.execute(delete(Role).where(Role.person_id == world.people["Kees"]))
    assert [phone.get(path).status_code for path in (own, desk)] == [200, 404]
    with database.write() as session:
        session.get_one(Person, world.people["Kees"]).disabled_at = clock.moment
    assert phone.get(own).status_code == 404


@pytest.mark.parametrize("desk", ["99", "x", "-1", "1e3", "²", "99999999999999"])
def test_no_such_desk(client: FlaskClient, world: World, desk: str) -> None:
    token = login(client, world, "Samira")
    assert client.post("/rota/feeds", data={"csrf_token": token, "desk": desk}).status_code == 404


@pytest.mark.parametrize("path", ["/agenda/.ics", "/agenda/onbekend.ics", "/agenda/" + "a" * 500 + ".ics"])
def test_a_guess_opens_nothing(client: FlaskClient, world: World, path: str) -> None:
    assert client.get(path).status_code == 404
