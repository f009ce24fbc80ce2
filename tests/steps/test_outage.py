"""One outage, many reports: taken together, worked on once, paged once; what is dangerous still pages by itself."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import add_message, give_phones, names, send_report
from tests.steps.engine import HOUSE, Engine
from webcare_pwa.db import Database
from webcare_pwa.models import situations
from webcare_pwa.models.alert import Alert
from webcare_pwa.models.attached import attached_to, covered_of, heads
from webcare_pwa.models.incident import Incident, IncidentReport, Round
from webcare_pwa.models.reply import Reply
from webcare_pwa.steps import acknowledgement, outage, progress

HEAT = {"category": "cv_geen_verwarming", "answers": {}}
DANGER = {**HEAT, "danger": True, "danger_kind": "gas"}


@pytest.fixture
def engine(database: Database, world: World, clock: FakeClock) -> Engine:
    give_phones(database, world, clock.moment, "Samira", "Tom")
    return Engine(database, clock)


def report(engine: Engine, world: World, key: str, facts: dict[str, object] | None = None) -> int:
    """One from the block of flats, taken up; returns its incident."""
    told = {**(facts or HEAT), "dwelling_id": world.dwelling, "email": f"{key}@post.example"}
    number = send_report(engine.worker.database, world, engine.clock.now(None), told, key=key)  # type: ignore[arg-type]
    engine.tick()
    with engine.worker.database.read() as session:
        return session.scalars(select(IncidentReport.incident_id).where(IncidentReport.report_id == number)).one()


def open_ids(database: Database, world: World, clock: FakeClock) -> list[int]:
    with database.read() as session:
        found = situations.open_incidents(session, frozenset({world.waterveen}), now=clock.moment, rulebook=HOUSE.rulebook)
        return sorted(each.incident.id for each in found)


def test_two_are_proposed_and_three_are_one(engine: Engine, database: Database, world: World, clock: FakeClock) -> None:
    first, second = report(engine, world, "a"), report(engine, world, "b")
    with database.read() as session:
        case = situations.load(session, second, frozenset({world.waterveen}), now=clock.moment, rulebook=HOUSE.rulebook)
        assert [each.id for each in outage.proposals(session, case, house=HOUSE)] == [first]
        assert heads(session, [first, second]) == {}
    third = report(engine, world, "c")
    with database.read() as session:
        assert heads(session, [first, second, third]) == {second: first, third: first}
        assert session.scalars(select(Round.incident_id)).all() == [first, second]  # nobody was called for the third
    assert open_ids(database, world, clock) == [first]


def test_only_the_head_pages_on_and_taking_it_stops_all(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    first, *_ = [report(engine, world, key) for key in "abc"]
    sent = engine.pass_time(minutes=6)
    assert sent and all(f"/incidents/{first}" in json.loads(job.payload)["notification"]["navigate"] for job in sent)
    with database.write() as session:
        acknowledgement.acknowledge(session, first, by=world.people["Samira"], via="screen", token="t", now=clock.moment)
    assert engine.pass_time(minutes=9) == []
    report(engine, world, "d")
    assert engine.pass_time(minutes=5) == []


@pytest.mark.parametrize("facts", [DANGER, {**HEAT, "answers": {"vulnerable": "yes"}}])
def test_danger_and_a_vulnerable_person_still_page_by_themselves(
    engine: Engine, database: Database, world: World, clock: FakeClock, facts: dict[str, object]
) -> None:
    numbers = [report(engine, world, key) for key in "abc"]
    mine = report(engine, world, "d", facts)
    with database.read() as session:
        assert covered_of(session, [*numbers, mine]) == set(numbers[1:])
        assert facts is DANGER or mine in heads(session, [mine])  # attached all the same: the reply is for him too
        assert session.scalars(select(Alert).where(Alert.incident_id == mine)).first() is not None


def test_an_addition_with_danger_pages_by_itself_and_another_reaches_who_has_the_head(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    first, second, third = (report(engine, world, key) for key in "abc")
    with database.write() as session:
        acknowledgement.acknowledge(session, first, by=world.people["Samira"], via="screen", token="t", now=clock.moment)
    add_message(database, second, clock.moment, "Hoe lang duurt het nog?", key="q")
    assert names(engine.tick()) == ["Samira"]
    clock.move(seconds=30)
    add_message(database, third, clock.moment, "Ik ruik gas!", key="g")
    assert names(engine.tick()) == ["Samira"]
    assert open_ids(database, world, clock) == [first, third]


def test_closing_the_head_closes_all_and_a_reopened_one_stands_by_itself(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    first, _, third = (report(engine, world, key) for key in "abc")
    with database.write() as session:
        progress.close(session, first, "solved", by=world.people["Samira"], note="", token="c", now=clock.moment)
    assert open_ids(database, world, clock) == []
    clock.move(minutes=5)
    add_message(database, third, clock.moment, "Het is nog steeds koud, de verwarming doet het niet.", key="q")
    assert names(engine.tick()) == ["Samira"]
    assert open_ids(database, world, clock) == [third]


def test_detaching_brings_it_back_with_a_new_round_and_for_good(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    first, _, third = (report(engine, world, key) for key in "abc")
    clock.move(minutes=3)
    engine.tick()
    for _twice in range(2):
        with database.write() as session:
            outage.detach(session, third, by=world.people["Samira"], now=clock.moment, house=HOUSE)
    assert open_ids(database, world, clock) == [first, third]
    with database.read() as session:
        assert [each.reason for each in session.scalars(select(Round).where(Round.incident_id == third))] == ["detached"]
    report(engine, world, "d")
    assert open_ids(database, world, clock) == [first, third]


def test_joining_two_outages_moves_what_was_attached(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    one = [report(engine, world, key) for key in "abc"]
    clock.move(hours=3)
    other = [report(engine, world, key) for key in "def"]
    assert open_ids(database, world, clock) == [one[0], other[0]]
    with database.write() as session:
        head = outage.join(session, other[1], one[0], by=world.people["Samira"], now=clock.moment)
    with database.read() as session:
        assert sorted([head, *attached_to(session, head)]) == sorted(one + other)
    assert open_ids(database, world, clock) == [head]


def test_every_tenant_is_told_that_nobody_came(engine: Engine, database: Database, world: World) -> None:
    numbers = [report(engine, world, key) for key in "abc"]
    engine.pass_time(minutes=31)
    with database.read() as session:
        told = select(Reply.incident_id).where(Reply.template == "auto_niemand_aangenomen")
        assert sorted(session.scalars(told)) == numbers


def test_a_hundred_from_one_block_are_one_incident_and_all_answered(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    for number in range(100):
        told = {**HEAT, "dwelling_id": world.dwelling}
        send_report(database, world, clock.moment, told, key=f"r{number}")
        if number % 25 == 24:
            engine.tick()
            clock.move(seconds=60)
    assert len(open_ids(database, world, clock)) == 1
    with database.read() as session:
        assert len(session.scalars(select(Incident.id)).all()) == 100
        assert len(set(session.scalars(select(Reply.incident_id).where(Reply.kind == "automatic")))) == 100
    assert len([job for job in engine.push.jobs if names([job]) == ["Samira"]]) <= 3
