"""The list of incidents, their photos, and the walls round both."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.web.login import login
from tests.web.night import Night
from webcare_pwa.db import Database
from webcare_pwa.models.report import Message, Photo
from webcare_pwa.steps import progress


@pytest.fixture
def night(database: Database, world: World, clock: FakeClock) -> Night:
    night = Night(database, world, clock)
    night.phones("Samira", "Tom")
    return night


@pytest.mark.parametrize("path", ["", "/state"])
@pytest.mark.parametrize("name", ["Linda", "Ed"])
def test_other_organisations_and_roles_get_nothing(app: Flask, night: Night, name: str, path: str) -> None:
    incident = night.report()
    client = app.test_client()
    login(client, night.world, name)
    answer = client.get(f"/incidents/{incident}{path}")
    assert answer.status_code == (404 if name == "Linda" else 403)
    assert "Populierenlaan" not in answer.text


def test_the_list_finds_by_number_place_and_name(app: Flask, night: Night) -> None:
    leak, cold = night.report(), night.report(organisation="linde", category="cv_geen_verwarming", address="Lindeweg 5")
    client = app.test_client()
    login(client, night.world, "Samira")
    assert {leak, cold} <= _listed(client, "")
    assert _listed(client, "populieren 88") == {leak}
    assert _listed(client, "aydin") == {leak}
    assert _listed(client, "verwarming linde") == {cold}
    assert _listed(client, "zzz") == set()
    assert "Niets open dat past" in client.get("/incidents?q=zzz").text
    assert "&lt;script&gt;" in client.get("/incidents?q=<script>").text
    login_as = app.test_client()
    login(login_as, night.world, "Linda")
    assert _listed(login_as, "") == {cold}


def test_closed_incidents_stay_in_the_list_for_two_weeks(app: Flask, night: Night) -> None:
    incident = night.report()
    with night.database.write() as session:
        progress.close(session, incident, "solved", by=night.world.people["Samira"], note="", token="c",
                       now=night.clock.moment)
    client = app.test_client()
    login(client, night.world, "Samira")
    assert "Opgelost" in client.get("/incidents").text
    night.clock.move(hours=24 * 15)
    assert incident not in _listed(client, "")


def test_a_photo_is_served_inline_within_the_walls(app: Flask, night: Night) -> None:
    incident = night.report()
    photo = _add_photo(night)
    client = app.test_client()
    login(client, night.world, "Samira")
    answer = client.get(f"/photos/{photo}")
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]
    assert f'src="/photos/{photo}"' in client.get(f"/incidents/{incident}").text
    other = app.test_client()
    login(other, night.world, "Linda")
    assert other.get(f"/photos/{photo}").status_code == 404
    assert client.get("/photos/999").status_code == 404


def _listed(client: FlaskClient, wanted: str) -> set[int]:
    html = client.get("/incidents", query_string={"q": wanted}).text
    return {int(each.split('"')[0]) for each in html.split('class="row" href="/incidents/')[1:]}


def _add_photo(night: Night) -> int:
    raw = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(raw, "JPEG")
    with night.database.write() as session:
        message = session.scalars(select(Message)).one()
        photo = Photo(message_id=message.id, width=8, height=6, jpeg=raw.getvalue())
        session.add(photo)
        session.flush()
        return photo.id
