"""Handing on: the giver keeps it until the other accepts."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import give_phones, names, only_case, send_report
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.errors import Invalid, NotAllowed, NotPossibleNow
from webcare_pwa.models.alert import Alert
from webcare_pwa.steps import acknowledgement, progress, transfer


@pytest.fixture
def engine(database: Database, world: World, clock: FakeClock) -> Engine:
    """Samira owns the one incident."""
    give_phones(database, world, clock.moment, "Samira", "Tom")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment)
    engine.tick()
    with database.write() as session:
        acknowledgement.acknowledge(session, 1, by=world.people["Samira"], via="screen", token="a", now=clock.moment)
    return engine


def offer(database: Database, world: World, clock: FakeClock, by: str = "Samira", to: str = "Tom") -> int:
    with database.write() as session:
        return transfer.hand_on(
            session, 1, by=world.people[by], to=world.people[to], note="Sleutel ligt klaar", token="h", now=clock.moment
        ).id


def test_it_is_his_when_he_accepts(database: Database, world: World, clock: FakeClock, engine: Engine) -> None:
    number = offer(database, world, clock)
    assert offer(database, world, clock) == number  # a double tap
    assert names(engine.tick()) == ["Tom"]
    before = only_case(database, world, clock.moment)
    assert before.owner is not None and before.owner.id == world.people["Samira"] and before.pending_transfer
    with database.write() as session:
        transfer.answer(session, number, by=world.people["Tom"], accept=True, now=clock.moment)
    after = only_case(database, world, clock.moment)
    assert after.owner is not None and after.owner.id == world.people["Tom"] and not after.pending_transfer


def test_without_an_answer_it_comes_back_with_a_page_after_five_minutes(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    number = offer(database, world, clock)
    assert names(engine.pass_time(minutes=4, seconds=59)) == ["Tom"]
    assert names(engine.pass_time(seconds=1)) == ["Samira"]
    with database.write() as session:  # too late: the first answer stands
        assert transfer.answer(session, number, by=world.people["Tom"], accept=True, now=clock.moment).answer == "returned"
    case = only_case(database, world, clock.moment)
    assert case.owner is not None and case.owner.id == world.people["Samira"]


def test_what_was_closed_meanwhile_comes_back_to_nobody(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    offer(database, world, clock)
    engine.tick()
    with database.write() as session:
        progress.close(session, 1, "solved", by=world.people["Samira"], note="", token="c", now=clock.moment)
    assert engine.pass_time(minutes=6) == []
    with database.read() as session:
        assert session.scalars(select(Alert.kind).where(Alert.kind == "returned")).all() == []


def test_only_the_owner_gives_and_only_the_receiver_answers(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    with pytest.raises(NotPossibleNow):
        offer(database, world, clock, by="Tom", to="Samira")
    for nobody in ("Samira", "Olga", "Linda"):  # herself, somebody without a duty role, the other organisation
        with pytest.raises(Invalid):
            offer(database, world, clock, to=nobody)
    number = offer(database, world, clock)
    with pytest.raises(NotAllowed), database.write() as session:
        transfer.answer(session, number, by=world.people["Pieter"], accept=True, now=clock.moment)
