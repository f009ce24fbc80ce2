"""A shift starts proven: Friday 27 November 2026, the office closes at 17:00; Samira has the first line, Tom the backup."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import give_phones, names, send_report
from tests.steps.engine import Engine
from tests.steps.rehearsing import FRIDAY, alarms, confirm, pages, stands, until
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.reply import Mail
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps import acknowledgement


@pytest.fixture
def engine(database: Database, world: World, clock: FakeClock) -> Engine:
    """At 15:59; everybody has a phone."""
    clock.moment = parse(f"{FRIDAY}T15:59")
    give_phones(database, world, clock.moment, "Samira", "Tom", "Pieter", "Carla")
    return Engine(database, clock)


def test_sixty_minutes_before_and_again_only_to_who_did_not_confirm(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    assert until(engine, clock, f"{FRIDAY}T16:01") == ["16:00 Samira", "16:00 Tom"]
    first = pages(engine.push.jobs)[0]
    assert first["title"] == "Proefoproep" and "om 17:00" in str(first["body"])
    assert [each["title"] for each in first["actions"]] == ["Bevestig"]  # type: ignore[attr-defined]
    confirm(database, world, clock, "Samira")
    assert until(engine, clock, f"{FRIDAY}T16:54") == ["16:50 Tom"]
    again = pages(engine.push.jobs)[-1]
    assert again["tag"] == pages(engine.push.jobs)[1]["tag"] != first["tag"]
    confirm(database, world, clock, "Tom")
    assert until(engine, clock, f"{FRIDAY}T18:00") == [] == alarms(database)
    assert stands(database, world, clock) == ("Samira", "Tom")


def test_not_confirmed_the_coordinator_hears_and_the_backup_stands_first_until_the_tap(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    until(engine, clock, f"{FRIDAY}T16:01")
    confirm(database, world, clock, "Tom")
    assert until(engine, clock, f"{FRIDAY}T16:57") == ["16:50 Samira", "16:55 Carla"]
    assert alarms(database) == ["Eerste lijn, dienst van 17:00: proefoproep niet bevestigd"]
    with database.read() as session:
        assert session.scalars(select(Mail.to_address)).all() == [world.email("Carla")]
    assert stands(database, world, clock) == ("Samira", "Tom")
    assert until(engine, clock, f"{FRIDAY}T17:01") == []
    assert stands(database, world, clock) == ("Tom", "Samira")
    clock.moment = parse("2026-11-29T03:00")
    assert stands(database, world, clock) == ("Tom", "Samira")  # the whole weekend
    confirm(database, world, clock, "Samira")
    assert stands(database, world, clock) == ("Samira", "Tom")


def test_a_report_goes_to_the_proven_phone_and_taking_one_proves_the_other(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    until(engine, clock, f"{FRIDAY}T16:01")
    confirm(database, world, clock, "Tom")
    until(engine, clock, f"{FRIDAY}T17:05")
    send_report(database, world, clock.moment)
    assert names(engine.tick()) == ["Tom"]
    called = names(engine.pass_time(minutes=5, seconds=5))
    assert called[-1] == "Samira" and set(called) == {"Tom", "Samira"}
    with database.write() as session:
        acknowledgement.acknowledge(session, 1, by=world.people["Samira"], via="notification", token="t", now=clock.moment)
    assert stands(database, world, clock) == ("Samira", "Tom")


def test_who_confirms_while_the_backup_is_being_called_is_called_next(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    until(engine, clock, f"{FRIDAY}T16:01")
    confirm(database, world, clock, "Tom")
    until(engine, clock, f"{FRIDAY}T17:05")
    send_report(database, world, clock.moment)
    engine.tick()
    engine.pass_time(minutes=4, seconds=30)
    confirm(database, world, clock, "Samira")
    assert names(engine.pass_time(seconds=35)) == ["Samira"]


def test_when_nobody_confirmed_nothing_changes_places(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    until(engine, clock, f"{FRIDAY}T17:01")
    assert stands(database, world, clock) == ("Samira", "Tom")
    assert len(alarms(database)) == 2


def test_a_backup_who_cannot_be_reached_does_not_stand_first(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    until(engine, clock, f"{FRIDAY}T16:01")
    confirm(database, world, clock, "Tom")
    until(engine, clock, f"{FRIDAY}T17:01")
    with database.write() as session:
        device = session.scalars(select(Delivery).join(Alert).where(Alert.person_id == world.people["Tom"])).first()
        assert device is not None
        session.add(Delivery(alert_id=session.scalars(select(Alert.id)).first(), device_id=device.device_id, outcome="gone",
                             created_at=clock.moment, due_at=clock.moment, outcome_at=clock.moment))
    assert stands(database, world, clock) == ("Samira", "Tom")


def test_without_a_device_the_coordinator_is_told_all_the_same(
    database: Database, world: World, clock: FakeClock
) -> None:
    clock.moment = parse(f"{FRIDAY}T15:59")
    give_phones(database, world, clock.moment, "Tom", "Carla")
    engine = Engine(database, clock)
    assert until(engine, clock, f"{FRIDAY}T16:01") == ["16:00 Tom"]
    confirm(database, world, clock, "Tom")
    assert until(engine, clock, f"{FRIDAY}T17:01") == ["16:55 Carla"]
    assert stands(database, world, clock) == ("Tom", "Samira")
