"""The red bar on Nu after a restore, the list behind it, resuming a case, and "Gezien"."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.engine import HOUSE
from tests.web.login import login
from tests.web.night import Night
from webcare_pwa.db import Database
from webcare_pwa.steps import restoring

BAR = "Er is een back-up teruggezet: 1 open storing wordt niet opgeroepen"


@pytest.fixture
def incident(database: Database, world: World, clock: FakeClock) -> int:
    """One leak, and then a restore."""
    night = Night(database, world, clock)
    night.phones("Samira", "Carla")
    number = night.report()
    with database.write() as session:
        restoring.put_back(session, now=clock.moment, house=HOUSE)
    clock.move(minutes=1)
    return number


@pytest.mark.parametrize(("name", "sees"), [("Samira", True), ("Carla", True), ("Ada", True), ("Olga", False), ("Kees", False)])
def test_who_may_resume_sees_the_bar(client: FlaskClient, world: World, incident: int, name: str, sees: bool) -> None:
    login(client, world, name)
    assert (BAR in client.get("/nu").text) is sees
    assert client.get("/restores").status_code == (200 if sees else 403)


def test_a_case_is_resumed_once_and_the_bar_goes_when_seen(client: FlaskClient, world: World, incident: int) -> None:
    token = login(client, world, "Samira")
    assert "Oproep hervatten" in client.get("/restores").text
    assert client.post(f"/restores/incidents/{incident}", data={"csrf_token": token}).status_code == 303
    assert "Oproep hervatten" not in client.get("/restores").text
    assert client.post(f"/restores/incidents/{incident}", data={"csrf_token": token}).status_code == 409
    assert "Er is een back-up teruggezet." in client.get("/nu").text
    assert client.post("/restores/seen", data={"csrf_token": token}).location == "/nu"
    assert "back-up" not in client.get("/nu").text


def test_without_a_restore_there_is_nothing(client: FlaskClient, world: World) -> None:
    login(client, world, "Carla")
    assert "Niets teruggezet" in client.get("/restores").text
    assert "back-up" not in client.get("/nu").text
