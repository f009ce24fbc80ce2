"""`flask vapid-keys` and `flask devices register`."""

from __future__ import annotations

import json

from flask import Flask
from sqlalchemy import select

from tests.builders import World
from tests.steps.test_devices import AUTH, ENDPOINT, POINT
from webcare_pwa import vapid
from webcare_pwa.cli.devices import devices
from webcare_pwa.cli.keys import vapid_keys
from webcare_pwa.db import Database
from webcare_pwa.models.device import Device
from webcare_pwa.settings import Settings

SUBSCRIPTION = {"endpoint": ENDPOINT, "expirationTime": None, "keys": {"p256dh": POINT, "auth": AUTH}}


def test_vapid_keys_prints_the_same_key_each_time(app: Flask, settings: Settings) -> None:
    runner = app.test_cli_runner()
    first, second = runner.invoke(vapid_keys), runner.invoke(vapid_keys)
    assert first.exit_code == second.exit_code == 0
    assert first.stdout.strip() == second.stdout.strip() == vapid.public_key(settings)
    assert first.stderr.startswith("Made ") and second.stderr.startswith("Kept ")


def test_a_subscription_is_registered_from_standard_input(app: Flask, database: Database, world: World) -> None:
    done = app.test_cli_runner().invoke(
        devices, ["register", "--person", world.email("Samira"), "--not-waking"], input=json.dumps(SUBSCRIPTION))
    assert done.exit_code == 0, done.output
    with database.read() as session:
        device = session.scalars(select(Device)).one()
    assert (str(device.id), device.person_id, device.endpoint, device.waking) == (
        done.stdout.strip(), world.people["Samira"], ENDPOINT, False)


def test_what_is_no_subscription_is_refused_in_one_line(app: Flask, database: Database, world: World) -> None:
    runner = app.test_cli_runner()
    for person, told in (
        ("Samira", "nonsense"), ("Samira", "[]"), ("Samira", '{"endpoint": "x"}'), ("Nobody", json.dumps(SUBSCRIPTION)),
        ("Samira", json.dumps(SUBSCRIPTION | {"endpoint": "https://evil.example/x"})),
    ):
        done = runner.invoke(devices, ["register", "--person", world.email(person)], input=told)
        assert done.exit_code == 1 and done.stderr.startswith("Error: ") and "Traceback" not in done.output
    with database.read() as session:
        assert session.scalars(select(Device)).all() == []
