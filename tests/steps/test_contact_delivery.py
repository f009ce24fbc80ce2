"""Contacts beside push: half a minute without *shown* and they follow in order; an emergency waits for nothing."""

from __future__ import annotations

import pytest

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.cases import NOODGEVAL, give_phones, names, only_case, send_report
from tests.steps.engine import Engine
from tests.steps.reaching import give_contacts, outcomes, show, told, walk
from webcare_pwa.db import Database
from webcare_pwa.ports import Gone, Refused
from webcare_pwa.steps import acknowledgement


@pytest.fixture
def engine(database: Database, clock: FakeClock) -> Engine:
    return Engine(database, clock)


def test_without_shown_they_follow_in_order_each_half_minute(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    give_contacts(database, world, clock.moment, "Samira", "+31612345601", "+31612345611")
    send_report(database, world, clock.moment)
    assert names(engine.tick()) == ["Samira"]
    assert told(engine) == []
    assert walk(engine, 62) == [(30, "+31612345601"), (60, "+31612345611")]


def test_shown_on_a_waking_device_makes_them_needless(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    give_contacts(database, world, clock.moment, "Samira", "+31612345601")
    send_report(database, world, clock.moment)
    engine.tick()
    clock.move(seconds=29)
    show(database, clock.moment)
    assert walk(engine, 30) == []
    assert outcomes(database) == [("superseded", "getoond")]


def test_shown_on_a_desktop_at_the_office_proves_nothing(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    with database.write() as session:
        desk = add_device(session, world.people["Samira"], "https://fcm.googleapis.com/desk", clock.moment, waking=False).id
    give_contacts(database, world, clock.moment, "Samira", "+31612345601")
    send_report(database, world, clock.moment)
    engine.tick()
    show(database, clock.moment, device=desk)
    assert walk(engine, 31) == [(30, "+31612345601")]


def test_in_an_emergency_all_go_at_once_whatever_the_phone_shows(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    give_contacts(database, world, clock.moment, "Samira", "+31612345601", "+31612345611")
    send_report(database, world, clock.moment, NOODGEVAL)
    engine.tick()
    assert told(engine) == ["+31612345601", "+31612345611"]
    show(database, clock.moment)
    assert walk(engine, 60) == [(60, "+31612345601"), (60, "+31612345611")]  # the repeat


def test_who_has_no_waking_device_is_reached_by_the_first_at_once(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    give_contacts(database, world, clock.moment, "Samira", "+31612345601", "+31612345611")
    send_report(database, world, clock.moment)
    assert engine.tick() == []
    assert told(engine) == ["+31612345601"]
    assert walk(engine, 31) == [(30, "+31612345611")]


def test_an_unproven_contact_is_used_but_nobody_waits_for_it(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    give_contacts(database, world, clock.moment, "Samira", "+31612345601", proven=False)
    give_phones(database, world, clock.moment, "Tom")
    send_report(database, world, clock.moment)
    assert names(engine.tick()) == ["Tom"]
    assert told(engine) == ["+31612345601"]


@pytest.mark.parametrize("answer", [Gone("http 410"), Refused("http 403")])
def test_when_no_phone_can_have_got_the_page_the_first_contact_is_used_at_once(
    database: Database, world: World, clock: FakeClock, engine: Engine, answer: Gone | Refused
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    give_contacts(database, world, clock.moment, "Samira", "+31612345601", "+31612345611")
    engine.push.by_endpoint["https://fcm.googleapis.com/Samira"] = answer
    send_report(database, world, clock.moment)
    engine.tick()
    assert told(engine) == ["+31612345601"]
    assert walk(engine, 31) == [(30, "+31612345611")]


def test_a_dead_phone_with_only_an_unproven_contact_calls_the_next_person_too(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    give_phones(database, world, clock.moment, "Samira", "Tom")
    give_contacts(database, world, clock.moment, "Samira", "+31612345601", proven=False)
    engine.push.by_endpoint["https://fcm.googleapis.com/Samira"] = Gone("http 410")
    send_report(database, world, clock.moment)
    assert names(engine.tick()) == ["Samira", "Tom"]
    assert told(engine) == ["+31612345601"]


def test_one_phone_that_may_have_got_it_keeps_the_half_minute(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    with database.write() as session:
        add_device(session, world.people["Samira"], "https://fcm.googleapis.com/second", clock.moment)
    give_contacts(database, world, clock.moment, "Samira", "+31612345601")
    engine.push.by_endpoint["https://fcm.googleapis.com/second"] = Gone("http 410")
    send_report(database, world, clock.moment)
    engine.tick()
    assert walk(engine, 31) == [(30, "+31612345601")]


def test_an_acknowledgement_stops_what_waits(database: Database, world: World, clock: FakeClock, engine: Engine) -> None:
    give_phones(database, world, clock.moment, "Samira")
    give_contacts(database, world, clock.moment, "Samira", "+31612345601")
    send_report(database, world, clock.moment)
    engine.tick()
    case = only_case(database, world, clock.moment)
    with database.write() as session:
        acknowledgement.acknowledge(
            session, case.incident.id, by=world.people["Samira"], via="screen", token="t", now=clock.moment
        )
    assert walk(engine, 31) == []
    assert outcomes(database) == [("superseded", "aangenomen")]
