"""A person's own contacts: added, ordered, removed, tested; what proves one and what does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.engine import HOUSE, Engine
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.errors import Invalid, NotFound
from webcare_pwa.models import live_contacts
from webcare_pwa.models.contact_proof import contact_proofs, listed
from webcare_pwa.ports import Gone
from webcare_pwa.rules.contact_kinds import MOST
from webcare_pwa.steps import alerting, contact_methods

ALL = ("sms", "ntfy", "mail")


def add(database: Database, world: World, clock: FakeClock, number: str, name: str = "Samira") -> int:
    with database.write() as session:
        return contact_methods.add(
            session, world.people[name], "sms", {"number": number}, offered=ALL, now=clock.moment
        ).id


def order(database: Database, world: World) -> list[str]:
    with database.read() as session:
        return [each.address[-2:] for each in listed(session, world.people["Samira"])]


def state(database: Database, world: World, clock: FakeClock) -> list[str]:
    with database.read() as session:
        return [each.state(clock.moment) for each in contact_proofs(session, world.people["Samira"])]


def is_reachable(database: Database, world: World) -> bool:
    with database.read() as session:
        return world.people["Samira"] in live_contacts.reachable(session, [world.people["Samira"]])


def test_they_stand_in_the_order_in_which_they_came_and_can_be_moved(
    database: Database, world: World, clock: FakeClock
) -> None:
    first, _, third = (add(database, world, clock, f"06 123456{each}") for each in (11, 12, 13))
    assert order(database, world) == ["11", "12", "13"]
    with database.write() as session:
        contact_methods.move(session, third, by=world.people["Samira"], earlier=True)
    assert order(database, world) == ["11", "13", "12"]
    with database.write() as session:
        contact_methods.move(session, first, by=world.people["Samira"], earlier=True)
        contact_methods.move(session, first, by=world.people["Samira"], earlier=False)
    assert order(database, world) == ["13", "11", "12"]


def test_the_same_one_twice_is_one_and_there_is_an_end(database: Database, world: World, clock: FakeClock) -> None:
    assert add(database, world, clock, "06 12345611") == add(database, world, clock, "+31 6 1234 5611")
    for each in range(MOST - 1):
        add(database, world, clock, f"06 123457{each:02}")
    with pytest.raises(Invalid, match="Haal er eerst"):
        add(database, world, clock, "06 12345899")


def test_what_cannot_be_used_says_why_and_what_is_not_offered_is_not_there(
    database: Database, world: World, clock: FakeClock
) -> None:
    with pytest.raises(Invalid) as refused:
        add(database, world, clock, "112")
    assert "06 12345678" in refused.value.fields["number"]
    with pytest.raises(NotFound), database.write() as session:
        contact_methods.add(session, world.people["Samira"], "pushover", {}, offered=ALL, now=clock.moment)
    assert order(database, world) == []


def test_a_removed_one_is_gone_and_removing_twice_is_harmless(database: Database, world: World, clock: FakeClock) -> None:
    number = add(database, world, clock, "06 12345611")
    for _ in range(2):
        with database.write() as session:
            contact_methods.remove(session, number, by=world.people["Samira"], now=clock.moment)
    assert order(database, world) == []
    with pytest.raises(NotFound), database.write() as session:
        contact_methods.owned(session, number, world.people["Samira"])


def test_nobody_touches_what_is_of_a_colleague(database: Database, world: World, clock: FakeClock) -> None:
    number, tom = add(database, world, clock, "06 12345611"), world.people["Tom"]
    with database.write() as session:
        with pytest.raises(NotFound):
            contact_methods.remove(session, number, by=tom, now=clock.moment)
        with pytest.raises(NotFound):
            contact_methods.move(session, number, by=tom, earlier=True)
        with pytest.raises(NotFound):
            contact_methods.prove_by_code(session, number, "1", by=tom, secret_key=HOUSE.secret_key, now=clock.moment)


def test_sent_proves_nothing_and_the_code_does(database: Database, world: World, clock: FakeClock) -> None:
    number, me = add(database, world, clock, "06 12345611"), world.people["Samira"]
    assert state(database, world, clock) == ["unproven"]
    engine = Engine(database, clock)
    code = try_it(database, engine, clock, number, "one")
    assert state(database, world, clock) == ["waiting"]
    assert not is_reachable(database, world)
    wrong = f"{(int(code) + 1) % 10_000:04}"
    with pytest.raises(Invalid), database.write() as session:
        contact_methods.prove_by_code(session, number, wrong, by=me, secret_key=HOUSE.secret_key, now=clock.moment)
    with database.write() as session:
        contact_methods.prove_by_code(
            session, number, f" {code[:2]} {code[2:]} ", by=me, secret_key=HOUSE.secret_key, now=clock.moment
        )
    assert state(database, world, clock) == ["proven"]
    assert is_reachable(database, world)


def test_a_code_lives_an_hour(database: Database, world: World, clock: FakeClock) -> None:
    number = add(database, world, clock, "06 12345611")
    code = try_it(database, Engine(database, clock), clock, number, "one")
    clock.move(minutes=61)
    assert state(database, world, clock) == ["unproven"]
    with pytest.raises(Invalid), database.write() as session:
        contact_methods.prove_by_code(
            session, number, code, by=world.people["Samira"], secret_key=HOUSE.secret_key, now=clock.moment
        )


def test_what_failed_for_good_is_unproven_until_a_test_is_taken_again(
    database: Database, world: World, clock: FakeClock
) -> None:
    number, engine = add(database, world, clock, "06 12345611"), Engine(database, clock)
    code = try_it(database, engine, clock, number, "one")
    with database.write() as session:
        contact_methods.prove_by_code(
            session, number, code, by=world.people["Samira"], secret_key=HOUSE.secret_key, now=clock.moment
        )
    engine.contacts.by_address["+31612345611"] = Gone("http 404")
    try_it(database, engine, clock, number, "two")
    assert state(database, world, clock) == ["failed"]
    assert not is_reachable(database, world)
    engine.contacts.by_address.clear()
    clock.move(seconds=1)
    try_it(database, engine, clock, number, "three")
    clock.move(seconds=timedelta(minutes=6).total_seconds())
    assert state(database, world, clock) == ["proven"]


def try_it(database: Database, engine: Engine, clock: FakeClock, number: int, key: str) -> str:
    """A test message; returns the code it carried."""
    with database.write() as session:
        method = contact_methods.owned(session, number, 1)
        for _ in range(2):  # the same form twice is one message
            alerting.test_contact(session, method, key=f"test:{key}", now=clock.moment)
    before = len(engine.contacts.jobs)
    engine.tick()
    (job,) = engine.contacts.jobs[before:]
    assert job.code == links.contact_code(HOUSE.secret_key, job.delivery_id, number)
    return job.code
