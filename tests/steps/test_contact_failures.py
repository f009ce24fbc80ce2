"""Contacts beside push: their words, what fails for good, who is busy, and whose message it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import NOODGEVAL, give_phones, send_report
from tests.steps.engine import HOUSE, Engine
from tests.steps.reaching import give_contacts, outcomes, told, walk
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.models.reply import Mail
from webcare_pwa.ports import Gone, TryAgain
from webcare_pwa.steps import contact_methods, delivery


@pytest.fixture
def engine(database: Database, clock: FakeClock) -> Engine:
    return Engine(database, clock)


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
