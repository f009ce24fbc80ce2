"""The clock is set back an hour in the middle of a case: closed stays closed, reopened is open, and people are called."""

from __future__ import annotations

import pytest

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import add_message, give_phones, names, only_case, send_report
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.steps import progress


@pytest.fixture
def engine(database: Database, world: World, clock: FakeClock) -> Engine:
    give_phones(database, world, clock.moment, "Samira", "Tom")
    return Engine(database, clock)


def close(database: Database, world: World, clock: FakeClock, incident: int, token: str) -> None:
    with database.write() as session:
        progress.close(session, incident, "solved", by=world.people["Tom"], note="", token=token, now=clock.moment)


def test_what_is_reopened_then_calls_people_till_somebody_takes_it(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    number = send_report(database, world, clock.moment)
    engine.tick()
    incident = only_case(database, world, clock.moment).incident.id
    close(database, world, clock, incident, "first")
    clock.move(hours=-1)
    add_message(database, number, clock.moment, "Het wordt erger, ik ruik nu gas")
    assert names(engine.tick()) == ["Samira"]
    assert only_case(database, world, clock.moment).is_open
    assert "Tom" in names(engine.pass_time(minutes=6))
    close(database, world, clock, incident, "again")
    assert not only_case(database, world, clock.moment).is_open
    assert engine.pass_time(minutes=10) == []


def test_what_is_closed_then_calls_nobody(engine: Engine, database: Database, world: World, clock: FakeClock) -> None:
    send_report(database, world, clock.moment)
    engine.tick()
    incident = only_case(database, world, clock.moment).incident.id
    clock.move(hours=-1)
    engine.tick()
    close(database, world, clock, incident, "first")
    assert not only_case(database, world, clock.moment).is_open
    assert engine.pass_time(minutes=10) == []
