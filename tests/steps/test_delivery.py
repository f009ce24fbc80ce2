"""Claims, leases and outcomes: nothing is lost, and what makes no sense any more is not sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import NOODGEVAL, give_phones, names, only_case, send_report
from tests.steps.engine import HOUSE, Engine
from webcare_pwa.clock import real_now
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Delivery
from webcare_pwa.ports import PushJob, Refused, TryAgain
from webcare_pwa.steps import acknowledgement, delivery, triage

LEASE = timedelta(seconds=30)


def claim(database: Database, clock: FakeClock, worker: str, later: timedelta = timedelta()) -> list[PushJob]:
    with database.write() as session:
        return delivery.claim(
            session, worker=worker, limit=10, lease=LEASE, now=clock.moment, real_now=real_now() + later, house=HOUSE
        )


@pytest.fixture
def waiting(database: Database, world: World, clock: FakeClock) -> None:
    """One report taken up; its page waits to be claimed."""
    give_phones(database, world, clock.moment, "Samira")
    send_report(database, world, clock.moment)
    with database.write() as session:
        triage.take_up_waiting(session, now=clock.moment, house=HOUSE)


def test_a_claimed_page_belongs_to_one_worker_until_the_lease_ends(
    database: Database, waiting: None, clock: FakeClock
) -> None:
    assert names(claim(database, clock, "one")) == ["Samira"]
    assert claim(database, clock, "two") == []
    assert names(claim(database, clock, "two", later=timedelta(seconds=31))) == ["Samira"]


def test_a_worker_takes_back_what_it_had_in_hand_when_it_died(
    database: Database, waiting: None, clock: FakeClock
) -> None:
    claim(database, clock, "one")
    with database.write() as session:
        delivery.release(session, "other")
    assert claim(database, clock, "one") == []
    with database.write() as session:
        delivery.release(session, "one")
    assert names(claim(database, clock, "one")) == ["Samira"]


def test_a_page_that_was_acknowledged_meanwhile_is_not_sent(
    database: Database, world: World, waiting: None, clock: FakeClock
) -> None:
    case = only_case(database, world, clock.moment)
    with database.write() as session:
        acknowledgement.acknowledge(
            session, case.incident.id, by=world.people["Tom"], via="screen", token="t", now=clock.moment
        )
    assert claim(database, clock, "one") == []
    with database.read() as session:
        assert session.execute(select(Delivery.outcome, Delivery.detail)).one() == ("superseded", "aangenomen")


def test_a_repeat_replaces_a_page_that_never_went_out(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    engine.push.free = 0  # the gateway is full
    send_report(database, world, clock.moment, NOODGEVAL)
    engine.tick()
    engine.pass_time(seconds=61)
    engine.push.free = 10
    assert names(engine.tick()) == ["Samira"]
    with database.read() as session:
        assert session.scalars(select(Delivery.outcome).order_by(Delivery.id)).all() == ["superseded", "accepted"]


@pytest.mark.parametrize(("asked", "wait"), [(None, 1), (7.0, 7), (0.0, 1)])
def test_a_busy_push_service_is_asked_again_when_it_says(
    database: Database, world: World, clock: FakeClock, asked: float | None, wait: int
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    engine.push.answers.append(TryAgain(asked, "http 429"))
    send_report(database, world, clock.moment)
    engine.tick()
    assert len(engine.pass_time(seconds=wait - 1)) == 0
    assert names(engine.pass_time(seconds=1)) == ["Samira"]


def test_a_refused_page_is_not_tried_again_and_calls_the_next_person(
    database: Database, world: World, clock: FakeClock
) -> None:
    give_phones(database, world, clock.moment, "Samira", "Tom")
    engine = Engine(database, clock)
    engine.push.by_endpoint["https://fcm.googleapis.com/Samira"] = Refused("http 403")
    send_report(database, world, clock.moment)
    assert names(engine.tick()) == ["Samira", "Tom"]


def test_a_late_answer_does_not_change_a_settled_page(database: Database, waiting: None, clock: FakeClock) -> None:
    job = claim(database, clock, "one")[0]
    with database.write() as session:
        delivery.settle(session, [(job.delivery_id, Refused("http 413"))], now=clock.moment)
        delivery.settle(session, [(job.delivery_id, TryAgain(None, "late"))], now=clock.moment)
    with database.read() as session:
        assert session.execute(select(Delivery.outcome, Delivery.detail)).one() == ("refused", "http 413")
