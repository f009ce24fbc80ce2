"""Gaps speak, on the real worker: told once, soon, but not by night; mended ones are done with."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import give_phones, names
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Alert
from webcare_pwa.models.device import Device
from webcare_pwa.models.gap import GapNotice
from webcare_pwa.models.person import Person
from webcare_pwa.models.rota import Rotation
from webcare_pwa.ports import PushJob
from webcare_pwa.steps import planning

SATURDAY_NOON = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)


@pytest.fixture
def engine(database: Database, world: World, clock: FakeClock) -> Engine:
    """Everybody has a phone and there is no gap, at noon."""
    clock.moment = SATURDAY_NOON
    give_phones(database, world, clock.moment, "Samira", "Tom", "Carla")
    with database.write() as session:
        session.execute(delete(GapNotice))
    engine = Engine(database, clock)
    assert engine.tick() == []
    return engine


def body(job: PushJob) -> str:
    return str(json.loads(job.payload)["notification"]["body"])


def disable(database: Database, world: World, name: str, now: datetime) -> None:
    with database.write() as session:
        session.get_one(Person, world.people[name]).disabled_at = now


def remove_phone(database: Database, world: World, name: str, now: datetime) -> None:
    with database.write() as session:
        session.scalars(select(Device).where(Device.person_id == world.people[name])).one().removed_at = now


def notices(database: Database) -> list[GapNotice]:
    with database.read() as session:
        return list(session.scalars(select(GapNotice).order_by(GapNotice.starts_at)))


def test_a_lost_phone_is_one_message_within_ten_seconds_and_never_again(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    remove_phone(database, world, "Tom", clock.moment)
    sent = engine.pass_time(seconds=10)
    assert names(sent) == ["Carla"]
    assert "gaten in het rooster, eerste lijn, het eerste vanaf ma 30 nov 17:00: geen toestel" in body(sent[0])
    assert engine.pass_time(minutes=30) == []
    clock.move(hours=24)
    assert engine.tick() == []  # a day on, and a day more in view
    assert len(notices(database)) > 20 and all(each.told_at for each in notices(database))


def test_what_is_mended_is_marked_and_what_breaks_again_is_told_again(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    remove_phone(database, world, "Tom", clock.moment)
    engine.pass_time(seconds=10)
    with database.write() as session:
        session.scalars(select(Device).where(Device.person_id == world.people["Tom"])).one().removed_at = None
    assert engine.pass_time(seconds=10) == []
    assert all(each.mended_at for each in notices(database))
    remove_phone(database, world, "Tom", clock.moment)
    assert names(engine.pass_time(seconds=10)) == ["Carla"]


@pytest.mark.parametrize(("who", "told_at_once"), [("Samira", True), ("Tom", False)])
def test_by_night_only_what_begins_soon(
    engine: Engine, database: Database, world: World, clock: FakeClock, who: str, told_at_once: bool
) -> None:
    clock.moment = datetime(2026, 11, 28, 22, 0, tzinfo=UTC)  # 23:00; Samira has the first line, Tom from Monday on
    engine.tick()
    disable(database, world, who, clock.moment)
    assert (names(engine.pass_time(seconds=10)) == ["Carla"]) is told_at_once
    clock.moment = datetime(2026, 11, 29, 5, 59, 55, tzinfo=UTC)
    engine.tick()
    assert (names(engine.pass_time(seconds=10)) == ["Carla"]) is True  # Samira's later weeks wait till 07:00 too


def test_a_withdrawn_override_and_an_ended_rotation_speak(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    line, starts = world.lines["first_line"], datetime(2026, 12, 5, 16, 0, tzinfo=UTC)
    with database.write() as session:
        move = planning.move_shift(session, line, world.people["Tom"], starts, starts + timedelta(days=13),
                                   by=world.people["Carla"], now=clock.moment)
        number = move.id
        session.scalars(select(Rotation).where(Rotation.line_id == line)).one().ends_on = date(2026, 12, 7)
    first = engine.pass_time(seconds=10)
    assert names(first) == ["Carla"] and "Het rooster loopt tot vr 18 dec 17:00" in body(first[0])
    with database.write() as session:
        planning.withdraw(session, number, by=world.people["Carla"], now=clock.moment)
    again = engine.pass_time(seconds=10)
    assert names(again) == ["Carla"] and "Het rooster loopt tot ma 7 dec" in body(again[0])


def test_an_unplanned_rota_is_told_once_and_not_each_day(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        line = world.lines["first_line"]
        session.scalars(select(Rotation).where(Rotation.line_id == line)).one().ends_on = date(2027, 1, 12)
    told = engine.pass_time(seconds=10)
    assert [body(job) for job in told] == ["Het rooster loopt tot di 12 jan 08:00, daarna is er niemand ingepland."]
    for _day in range(10):
        clock.move(hours=24)
        assert engine.tick() == []


def test_a_rota_that_ends_beyond_the_view_is_told_when_its_end_comes_into_view(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        line = world.lines["first_line"]
        session.scalars(select(Rotation).where(Rotation.line_id == line)).one().ends_on = date(2027, 2, 1)
    told = []
    for _day in range(14):
        told += engine.pass_time(seconds=10)
        clock.move(hours=24)
    assert len(told) == 1 and "Het rooster loopt tot ma 1 feb" in body(told[0])


def test_who_coordinates_two_organisations_is_told_once(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    disable(database, world, "Samira", clock.moment)
    engine.pass_time(seconds=10)
    with database.read() as session:
        assert len(session.scalars(select(Alert).where(Alert.kind == "alarm")).all()) == 1
