"""Contacts beside push: half a minute without *shown* and they follow in order; an emergency waits for nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.cases import NOODGEVAL, give_phones, names, only_case, send_report
from tests.steps.engine import HOUSE, Engine
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.models.device import Device
from webcare_pwa.models.reply import Mail
from webcare_pwa.ports import Gone, Refused, TryAgain
from webcare_pwa.steps import acknowledgement, alerting, contact_methods, delivery, receipts


def give_contacts(database: Database, world: World, now: datetime, name: str, *addresses: str, proven: bool = True) -> None:
    """SMS contacts in this order; proven by a test message that was answered."""
    with database.write() as session:
        for position, address in enumerate(addresses):
            method = ContactMethod(
                person_id=world.people[name], position=position, kind="sms", address=address, values={}, created_at=now
            )
            session.add(method)
            session.flush()
            if proven:
                prove(session, method, now)


def prove(session: Session, method: ContactMethod, now: datetime) -> None:
    """A test message that was answered."""
    alert = alerting.test_contact(session, method, key=f"proof:{method.id}", now=now)
    row = alert.deliveries[0]
    row.outcome, row.outcome_at, row.opened_at = "accepted", now, now


def told(engine: Engine) -> list[str]:
    return [job.address for job in engine.contacts.jobs]


def walk(engine: Engine, seconds: int) -> list[tuple[int, str]]:
    """Second by second: when each message went, counted from now."""
    found = []
    for second in range(1, seconds + 1):
        before = len(engine.contacts.jobs)
        engine.clock.move(seconds=1)
        engine.tick()
        found += [(second, job.address) for job in engine.contacts.jobs[before:]]
    return found


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


def test_the_words_name_no_place_and_carry_link_and_code(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    give_contacts(database, world, clock.moment, "Samira", "+31612345601")
    send_report(database, world, clock.moment, NOODGEVAL | {"postcode": "1234AB", "house_number": 88})
    engine.tick()
    job = engine.contacts.jobs[0]
    assert job.code == links.contact_code(HOUSE.secret_key, job.delivery_id, 1)
    assert job.code in job.body and job.url.startswith(f"{HOUSE.base_url}/c/")
    assert "Noodgeval" in job.title
    for private in ("Populieren", "88", "Noord", "Samira"):
        assert private not in job.title + job.body.replace(job.code, "") + job.spoken


def test_what_fails_for_good_is_told_once_and_not_used_again(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    give_contacts(database, world, clock.moment, "Samira", "+31612345601", "+31612345611")
    engine.contacts.by_address["+31612345601"] = Gone("http 404")
    send_report(database, world, clock.moment, NOODGEVAL)
    engine.tick()
    engine.pass_time(seconds=61)
    assert told(engine) == ["+31612345601", "+31612345611", "+31612345611"]
    with database.read() as session:
        about = [mail.to_address for mail in session.scalars(select(Mail).where(Mail.key.like("broken:%")).order_by(Mail.id))]
    assert about == [world.email("Samira"), world.email("Carla")]


def test_a_dead_phone_is_told_once(database: Database, world: World, clock: FakeClock, engine: Engine) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine.push.by_endpoint["https://fcm.googleapis.com/Samira"] = Gone("http 410")
    send_report(database, world, clock.moment)
    engine.tick()
    engine.pass_time(minutes=5)
    with database.read() as session:
        about = [mail.to_address for mail in session.scalars(select(Mail).where(Mail.key.like("broken:%")).order_by(Mail.id))]
    assert about == [world.email("Samira"), world.email("Carla")]


def test_a_contact_that_was_taken_away_gets_nothing_more(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    give_contacts(database, world, clock.moment, "Samira", "+31612345601")
    send_report(database, world, clock.moment)
    engine.tick()
    with database.write() as session:
        contact_methods.remove(session, 1, by=world.people["Samira"], now=clock.moment)
    assert walk(engine, 31) == []
    assert outcomes(database) == [("superseded", "weggehaald")]


def test_a_busy_provider_is_asked_again(database: Database, world: World, clock: FakeClock, engine: Engine) -> None:
    give_contacts(database, world, clock.moment, "Samira", "+31612345601")
    engine.contacts.by_address["+31612345601"] = TryAgain(5, "http 429")
    send_report(database, world, clock.moment)
    engine.tick()
    assert walk(engine, 6) == [(5, "+31612345601")]


def test_a_claimed_message_belongs_to_one_worker_until_the_lease_ends(
    database: Database, world: World, clock: FakeClock, engine: Engine
) -> None:
    give_contacts(database, world, clock.moment, "Samira", "+31612345601")
    engine.contacts.free = 0
    send_report(database, world, clock.moment)
    engine.tick()

    def claim(worker: str, later: int = 0) -> list[str]:
        with database.write() as session:
            jobs = delivery.claim_contacts(
                session, worker=worker, limit=9, lease=timedelta(seconds=30), now=clock.moment,
                real_now=clock.moment + timedelta(seconds=later), house=HOUSE,
            )  # fmt: skip
        return [job.address for job in jobs]

    assert claim("one") == ["+31612345601"]
    assert claim("two") == []
    assert claim("two", later=31) == ["+31612345601"]


def show(database: Database, now: datetime, device: int | None = None) -> None:
    """The phone shows its page."""
    with database.write() as session:
        query = select(Delivery).join(Device).where(Device.id == device if device else Device.waking)
        row = session.scalars(query.order_by(Delivery.id.desc())).first()
        assert row is not None and row.device_id is not None
        receipts.receipt(session, row.id, row.device_id, "shown", now=now)


def outcomes(database: Database) -> list[tuple[str | None, str]]:
    """Of messages that were no test."""
    with database.read() as session:
        rows = session.execute(
            select(Delivery.outcome, Delivery.detail).join(Delivery.alert)
            .where(Delivery.contact_method_id.is_not(None), Delivery.alert.has(kind="step"))
        )
        return [(outcome, detail) for outcome, detail in rows]
