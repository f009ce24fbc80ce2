"""Running the policy with the real worker: who is called, when, and what stops it."""

from __future__ import annotations

from sqlalchemy import select

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.cases import NOODGEVAL, SPOED, WERKDAG, give_phones, names, only_case, send_report
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Escalation
from webcare_pwa.models.reply import Mail, Reply
from webcare_pwa.ports import Gone
from webcare_pwa.steps import acknowledgement, progress

ALL = ("Samira", "Tom", "Pieter", "Carla")


def test_a_spoed_nobody_takes_walks_the_whole_policy(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, *ALL)
    engine = Engine(database, clock)
    send_report(database, world, clock.moment, SPOED)
    assert names(engine.tick()) == ["Samira"]
    assert names(engine.pass_time(minutes=5)) == ["Samira", "Samira", "Tom"]
    assert names(engine.pass_time(minutes=5)) == ["Carla"]
    assert sorted(names(engine.pass_time(minutes=5))) == ["Pieter", "Samira", "Tom"]
    assert sorted(names(engine.pass_time(minutes=10))) == ["Pieter", "Samira", "Tom"]


def test_a_noodgeval_calls_everybody_again_and_again(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, *ALL)
    engine = Engine(database, clock)
    send_report(database, world, clock.moment, NOODGEVAL)
    assert names(engine.tick()) == ["Samira"]
    assert names(engine.pass_time(minutes=2)) == ["Samira", "Tom"]
    sent = names(engine.pass_time(minutes=6))
    assert sent[0] == "Carla" and sorted(sent[1:]) == ["Pieter", "Samira", "Tom"]
    assert sorted(names(engine.pass_time(minutes=5))) == ["Carla", "Pieter", "Samira", "Tom"]  # and the alarm at 10 minutes


def test_a_refusal_calls_the_backup_within_a_tick(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira", "Tom")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment)
    engine.tick()
    case = only_case(database, world, clock.moment)
    clock.move(seconds=20)
    with database.write() as session:
        for token in ("t1", "t2"):  # twice is once
            acknowledgement.refuse(
                session, case.incident.id, by=world.people["Samira"], token=token, now=clock.moment
            )
    assert names(engine.tick()) == ["Tom"]
    assert names(engine.pass_time(minutes=4)) == []


def test_a_first_line_without_a_phone_costs_no_time(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Tom")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment)
    assert names(engine.tick()) == ["Tom"]
    with database.read() as session:
        steps = session.execute(select(Escalation.who, Escalation.outcome).order_by(Escalation.id)).all()
    assert steps[0] == ("first_line", "empty") and steps[-1] == ("backup", "paged")


def test_an_office_desktop_gets_the_page_but_nobody_waits_for_it(
    database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        add_device(session, world.people["Samira"], "https://fcm.googleapis.com/desktop", clock.moment, waking=False)
    give_phones(database, world, clock.moment, "Tom")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment)
    assert names(engine.tick()) == ["desktop", "Tom"]


def test_a_phone_that_is_gone_hands_over_at_once(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira", "Tom")
    engine = Engine(database, clock)
    engine.push.by_endpoint["https://fcm.googleapis.com/Samira"] = Gone("http 410")
    send_report(database, world, clock.moment)
    assert names(engine.tick()) == ["Samira", "Tom"]


def test_a_desktop_that_took_the_page_does_not_hide_that_the_phone_is_gone(
    database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        add_device(session, world.people["Samira"], "https://fcm.googleapis.com/desktop", clock.moment, waking=False)
    give_phones(database, world, clock.moment, "Samira", "Tom")
    engine = Engine(database, clock)
    engine.push.by_endpoint["https://fcm.googleapis.com/Samira"] = Gone("http 410")
    send_report(database, world, clock.moment)
    assert names(engine.tick()) == ["desktop", "Samira", "Tom"]


def test_nobody_at_all_is_an_alarm_and_the_tenant_is_told_at_once(
    database: Database, world: World, clock: FakeClock
) -> None:
    engine = Engine(database, clock)
    send_report(database, world, clock.moment, NOODGEVAL)
    assert engine.tick() == []
    with database.read() as session:
        told = session.scalars(select(Reply.template).order_by(Reply.id)).all()
        alarms = session.scalars(select(Mail.to_address).where(Mail.key.startswith("alarm:"))).all()
    assert told == ["auto_gevaar", "auto_ontvangst_spoed", "auto_niemand_aangenomen"]
    assert alarms == [world.email("Carla")]
    give_phones(database, world, clock.moment, "Pieter")  # somebody turns his phone on
    assert names(engine.pass_time(minutes=5)) == ["Pieter"]


def test_a_werkdag_wakes_nobody(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, *ALL)
    engine = Engine(database, clock)
    send_report(database, world, clock.moment, WERKDAG)
    assert engine.pass_time(minutes=2) == []
    assert only_case(database, world, clock.moment).round is None


def test_closing_stops_the_calls(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, *ALL)
    engine = Engine(database, clock)
    send_report(database, world, clock.moment)
    engine.tick()
    case = only_case(database, world, clock.moment)
    with database.write() as session:
        progress.close(session, case.incident.id, "not_ours", by=world.people["Tom"], note="", token="c", now=clock.moment)
    assert engine.pass_time(minutes=20) == []


def test_two_people_take_it_and_the_first_one_owns_it(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira", "Tom")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment)
    engine.tick()
    case = only_case(database, world, clock.moment)
    for name in ("Tom", "Samira", "Tom"):
        with database.write() as session:
            acknowledgement.acknowledge(
                session, case.incident.id, by=world.people[name], via="screen", token=f"t-{name}", now=clock.moment
            )
    after = only_case(database, world, clock.moment)
    assert after.owner is not None and after.owner.id == world.people["Tom"]
    assert len(after.incident.acknowledgements) == 2
    assert engine.pass_time(minutes=20) == []
