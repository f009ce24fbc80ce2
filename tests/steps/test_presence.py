"""Several workers: each keeps what it has in hand while it lives, and the others take over what the dead had."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import give_phones, names, send_report
from tests.steps.engine import HOUSE, Engine
from webcare_pwa import presence
from webcare_pwa.clock import real_now
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.steps import delivery, triage
from webcare_pwa.waiter import Waiter

LEASE = timedelta(seconds=12)


@pytest.fixture
def in_hand(database: Database, world: World, clock: FakeClock) -> str:
    """The name of a worker that claimed the one page there is."""
    give_phones(database, world, clock.moment, "Samira")
    send_report(database, world, clock.moment)
    with database.write() as session:
        triage.take_up_waiting(session, now=clock.moment, house=HOUSE)
    name = presence.own_name("host")
    with database.write() as session:
        delivery.claim(session, worker=name, limit=9, lease=LEASE, now=clock.moment, real_now=real_now(), house=HOUSE)
    return name


def holder(database: Database) -> str | None:
    with database.read() as session:
        return session.scalars(select(Delivery.claimed_by)).one()


def test_names_are_unique_per_process_and_fit() -> None:
    assert len({presence.own_name("x" * 200) for _ in range(9)}) == 9
    assert len(presence.own_name("x" * 200)) <= 80


def test_what_a_dead_worker_had_in_hand_is_free_at_once(database: Database, in_hand: str) -> None:
    assert presence.release_dead(database, presence.own_name("other")) == 1
    assert holder(database) is None


def test_a_twin_on_the_same_host_keeps_what_it_has(database: Database, in_hand: str, tmp_path: Path) -> None:
    waiter = Waiter(database, tmp_path, name=in_hand)
    alone = database.is_sqlite  # there the second would not have started
    assert presence.release_dead(database, presence.own_name("host")) == int(alone)
    assert holder(database) == (None if alone else in_hand)
    waiter.close()
    assert presence.release_dead(database, presence.own_name("host")) == int(not alone)


def test_a_name_of_the_previous_release_is_judged_by_its_lease_only(
    database: Database, in_hand: str, clock: FakeClock
) -> None:
    with database.write() as session:
        session.scalars(select(Delivery)).one().claimed_by = "host"
    freed = presence.release_dead(database, presence.own_name("host"))
    assert (freed, holder(database)) == ((1, None) if database.is_sqlite else (0, "host"))


def test_a_living_worker_renews_its_leases_and_beats_under_both_names(
    database: Database, world: World, clock: FakeClock
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    engine.push.hold = True
    send_report(database, world, clock.moment)
    assert names(engine.tick()) == ["Samira"]
    with database.write() as session:
        session.scalars(select(Delivery)).one().claimed_until = real_now()
    engine.worker._heartbeat_at = float("-inf")
    engine.worker.tick()
    with database.read() as session:
        until = session.scalars(select(Delivery.claimed_until)).one()
        assert until and until - real_now() > LEASE / 2
        assert session.scalars(select(Heartbeat.name).order_by(Heartbeat.name)).all() == ["worker", "worker worker"]
