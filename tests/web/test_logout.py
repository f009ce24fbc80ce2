"""Logging out: who is on duty is asked first, and the coordinator hears when nobody can be woken."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.web.login import login
from webcare_pwa.db import Database
from webcare_pwa.models.audit import AuditEntry
from webcare_pwa.models.device import Device
from webcare_pwa.models.reply import Mail


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
