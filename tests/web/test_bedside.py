"""Nachtstand through HTTP: heartbeats, what they are told, and where a silent phone shows."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.builders import World
from tests.fakes import FakeClock
from tests.web.login import login
from tests.web.night import Night
from webcare_pwa.db import Database

TOKEN = "een-nacht-van-samira"


class Bed:
    """Somebody's phone beside the bed."""

    def __init__(self, app: Flask, world: World, name: str = "Samira") -> None:
        self.client: FlaskClient = app.test_client()
        self.csrf = login(self.client, world, name)

    def beats(self, token: str = TOKEN) -> TestResponse:
        return self.client.post("/nachtstand/heartbeats", data={"csrf_token": self.csrf, "client_token": token})

    def ends(self) -> TestResponse:
        return self.client.post("/nachtstand/end", data={"csrf_token": self.csrf})


@pytest.fixture
def bed(app: Flask, world: World) -> Bed:
    return Bed(app, world)


@pytest.fixture
def night(database: Database, world: World, clock: FakeClock) -> Night:
    night = Night(database, world, clock)
    night.phones("Samira", "Tom", "Carla")
    return night


def looks(app: Flask, world: World, name: str, path: str) -> str:
    client = app.test_client()
    login(client, world, name)
    return client.get(path).text


def test_the_page_says_that_it_needs_javascript(bed: Bed) -> None:
    page = bed.client.get("/nachtstand").text
    assert 'data-theme="night"' in page and "heeft JavaScript nodig" in page and "Test geluid" in page


def test_heartbeats_keep_it_on_and_a_missed_one_shows_everywhere(
    app: Flask, bed: Bed, night: Night, world: World, clock: FakeClock
) -> None:
    assert bed.beats().json == {"on": True, "ring": []}
    clock.move(seconds=75)
    assert "Aan sinds 02:10" in bed.client.get("/devices").text
    assert "Nachtstand stil" not in looks(app, world, "Carla", "/rota")
    clock.move(seconds=1)
    assert "Stil sinds 02:10" in bed.client.get("/devices").text
    assert "nachtstand van uw telefoon is stil" in bed.client.get("/nu").text
    for name, path in (("Carla", "/rota"), ("Carla", "/nu"), ("Tom", "/nu")):
        assert "Nachtstand stil sinds" in looks(app, world, name, path), (name, path)
    bed.beats()
    assert "Nachtstand stil" not in looks(app, world, "Carla", "/rota")


def test_stop_ends_it_and_a_late_heartbeat_does_not_revive_it(app: Flask, bed: Bed, world: World, clock: FakeClock) -> None:
    bed.beats()
    assert bed.ends().status_code == 303
    assert bed.beats().json == {"on": False, "ring": []}
    clock.move(minutes=5)
    assert "Nachtstand stil" not in looks(app, world, "Carla", "/rota")


def test_an_open_call_rings_until_it_is_answered(app: Flask, bed: Bed, night: Night, world: World) -> None:
    incident = night.report("Er loopt water uit het plafond.", answers={"electricity": "yes"})
    answer = bed.beats().json
    assert answer is not None and [each["url"] for each in answer["ring"]] == [f"/incidents/{incident}"]
    assert answer["ring"][0]["title"] == f"Noodgeval: incident {incident}"
    assert Bed(app, world, "Kees").beats("een-ander-bed-in-huis").json == {"on": True, "ring": []}
    night.takes("Samira", incident)
    assert bed.beats().json == {"on": True, "ring": []}


@pytest.mark.parametrize("token", ["", "kort", "x" * 65])
def test_without_a_usable_token_nothing_is_stored(bed: Bed, token: str) -> None:
    assert bed.beats(token).status_code == 422


def test_a_token_belongs_to_one_person(app: Flask, bed: Bed, world: World) -> None:
    bed.beats()
    assert Bed(app, world, "Tom").beats().status_code == 422
