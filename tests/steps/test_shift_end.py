"""The end of a shift: what is open is offered to who has the line now; without a yes he is called."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import give_phones, names, only_case, send_report
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Alert
from webcare_pwa.models.device import Device
from webcare_pwa.models.incident import Round
from webcare_pwa.models.transfer import Transfer
from webcare_pwa.steps import acknowledgement, planning, progress, transfer

SUNDAY_0300 = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)


@pytest.fixture
def engine(database: Database, world: World, clock: FakeClock) -> Engine:
    """Samira took it at 03:00 on her screen; her colleagues have phones."""
    clock.moment = SUNDAY_0300
    give_phones(database, world, clock.moment, "Samira", "Tom", "Pieter", "Carla")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment)
    engine.tick()
    with database.write() as session:
        acknowledgement.acknowledge(session, 1, by=world.people["Samira"], via="screen", token="a", now=clock.moment)
    assert engine.pass_time(minutes=10) == []
    return engine


def gives_line(database: Database, world: World, clock: FakeClock, name: str) -> None:
    with database.write() as session:
        planning.move_shift(session, world.lines["first_line"], world.people[name], clock.moment.replace(second=0),
                            clock.moment + timedelta(hours=4), by=world.people["Carla"], now=clock.moment)


def owner(database: Database, world: World, clock: FakeClock) -> str:
    person = only_case(database, world, clock.moment).owner
    return person.first_name if person else ""


def reasons(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Round.reason).order_by(Round.id)))


def offered(database: Database) -> Transfer:
    with database.read() as session:
        return session.scalars(select(Transfer)).one()


def test_it_is_offered_to_who_has_the_line_now_and_is_his_when_he_accepts(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    gives_line(database, world, clock, "Pieter")
    assert names(engine.tick()) == ["Pieter"]
    assert owner(database, world, clock) == "Samira"  # till he accepts
    with database.write() as session:
        transfer.answer(session, offered(database).id, by=world.people["Pieter"], accept=True, now=clock.moment)
    assert owner(database, world, clock) == "Pieter"
    assert engine.pass_time(minutes=29, seconds=59) == []
    assert names(engine.pass_time(seconds=1)) == ["Pieter"]  # the reminder is his too
    assert reasons(database) == ["opened"]


def test_without_an_answer_he_is_called_and_never_again_she_who_sleeps(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    gives_line(database, world, clock, "Pieter")
    engine.tick()
    assert engine.pass_time(minutes=4, seconds=59) == []
    assert names(engine.pass_time(seconds=1)) == ["Pieter"]
    assert reasons(database) == ["opened", "shift_end"]
    assert names(engine.pass_time(minutes=9)) == ["Pieter", "Pieter", "Tom"]


def test_a_no_is_a_refusal_and_calls_the_backup_at_once(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    gives_line(database, world, clock, "Pieter")
    engine.tick()
    with database.write() as session:
        transfer.answer(session, offered(database).id, by=world.people["Pieter"], accept=False, now=clock.moment)
    assert names(engine.tick()) == ["Tom"]
    assert reasons(database) == ["opened", "shift_end"]


def test_the_weekly_hand_off_in_the_night_does_the_same(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    clock.moment = datetime(2026, 11, 30, 6, 40, tzinfo=UTC)  # Monday 07:40; the hand-off is at 08:00, as the office opens
    with database.write() as session:
        progress.record(session, 1, "note", by=world.people["Samira"], note="bezig", token="n", now=clock.moment)
    assert engine.pass_time(minutes=25) == []  # by day it is the morning handover's


def test_who_cannot_be_reached_is_not_offered_anything(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    gives_line(database, world, clock, "Pieter")
    with database.write() as session:
        for device in session.scalars(select(Device).where(Device.person_id == world.people["Pieter"])):
            device.removed_at = clock.moment
    assert names(engine.pass_time(minutes=5)) == ["Carla"]  # the gap that this makes
    assert owner(database, world, clock) == "Samira"
    with database.read() as session:
        assert session.scalars(select(Transfer)).all() == []
        assert "Gat" in session.scalars(select(Alert.note).where(Alert.kind == "alarm")).one()


def test_a_backup_keeps_what_he_took(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira", "Tom")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment)
    engine.pass_time(minutes=5)
    with database.write() as session:
        acknowledgement.acknowledge(session, 1, by=world.people["Tom"], via="screen", token="a", now=clock.moment)
    assert engine.pass_time(minutes=29) == []


def test_given_back_it_is_not_offered_a_second_time(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    gives_line(database, world, clock, "Pieter")
    engine.tick()
    with database.write() as session:
        transfer.answer(session, offered(database).id, by=world.people["Pieter"], accept=True, now=clock.moment)
        back = transfer.hand_on(session, 1, by=world.people["Pieter"], to=world.people["Samira"], note="", token="b",
                                now=clock.moment)
        transfer.answer(session, back.id, by=world.people["Samira"], accept=True, now=clock.moment)
    assert names(engine.pass_time(minutes=10)) == []
    assert owner(database, world, clock) == "Samira"
