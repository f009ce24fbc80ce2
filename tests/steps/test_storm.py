"""Many reports at once, on the real worker: every one stored, answered and called for; few pages, with the right number."""

from __future__ import annotations

import json

from sqlalchemy import func, select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import NOODGEVAL, SPOED, give_phones, names, send_report
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.incident import Incident, Round
from webcare_pwa.models.reply import Reply
from webcare_pwa.ports import Gone, PushJob
from webcare_pwa.steps import acknowledgement, receipts


def title(job: PushJob) -> str:
    return str(json.loads(job.payload)["notification"]["title"])


def reports(database: Database, world: World, clock: FakeClock, *keys: int) -> None:
    for key in keys:
        send_report(database, world, clock.moment, {**SPOED, "address": f"Straat {key}"}, key=f"r{key}")


def to(name: str, jobs: list[PushJob]) -> list[PushJob]:
    return [job for job in jobs if names([job]) == [name]]


def test_five_hundred_reports_in_five_minutes(database: Database, world: World, clock: FakeClock) -> None:
    """500 stored and answered, at most 3 pages a person, and a gas smell elsewhere pages in the same tick."""
    give_phones(database, world, clock.moment, "Samira", "Tom")
    engine = Engine(database, clock)
    sent: list[PushJob] = []
    for minute in range(5):
        for part in range(4):
            first = minute * 100 + part * 25
            reports(database, world, clock, *range(first, first + 25))
            sent += engine.tick()
            clock.move(seconds=14)
    assert len(to("Samira", sent)) == 3
    assert "wachten op u" in title(to("Samira", sent)[-1])
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Incident)) == 500
        assert session.scalar(select(func.count(Reply.incident_id.distinct())).where(Reply.kind == "automatic")) == 500
        assert session.scalar(select(func.count()).select_from(Round)) == 500

    send_report(database, world, clock.moment, NOODGEVAL, key="gas")
    at_once = engine.tick()
    assert [title(job) for job in to("Samira", at_once)] == ["Noodgeval: Gas of koolmonoxide"]


def test_the_page_grows_and_its_number_is_that_of_the_moment(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    reports(database, world, clock, 1)
    assert [title(job) for job in engine.tick()] != []
    clock.move(seconds=20)
    reports(database, world, clock, 2, 3, 4)
    assert engine.tick() == []
    with database.write() as session:
        acknowledgement.acknowledge(session, 3, by=world.people["Samira"], via="screen", token="t", now=clock.moment)
    (page,) = engine.pass_time(seconds=100)
    assert title(page) == "3 storingen wachten op u"
    assert json.loads(page.payload)["app_badge"] == 3


def test_what_the_phone_shows_of_a_bundle_holds_for_all_it_spoke_for(
    database: Database, world: World, clock: FakeClock
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    reports(database, world, clock, 1, 2)
    (page,) = engine.tick()
    with database.write() as session:
        carrier = session.get_one(Delivery, page.delivery_id)
        assert receipts.receipt(session, carrier.id, carrier.device_id or 0, "shown", now=clock.moment)["state"] == "open"
    with database.read() as session:
        assert all(row.shown_at for row in session.scalars(select(Delivery)))


def test_a_bundle_that_cannot_arrive_moves_every_incident_on(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira", "Tom")
    engine = Engine(database, clock)
    engine.push.by_endpoint["https://fcm.googleapis.com/Samira"] = Gone("http 410")
    reports(database, world, clock, 1, 2)
    assert names(engine.tick()) == ["Samira", "Tom"]
    assert title(engine.push.jobs[-1]) == "2 storingen wachten op u"


def test_when_the_incident_that_speaks_is_taken_the_others_still_are_told(
    database: Database, world: World, clock: FakeClock
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    engine.push.hold = True
    reports(database, world, clock, 1, 2)
    (page,) = engine.tick()
    with database.write() as session:
        carrier = session.get_one(Delivery, page.delivery_id)
        carrier.claimed_until = None  # the worker died with it in hand, and its lease ran out
        acknowledgement.acknowledge(session, 2, by=world.people["Samira"], via="screen", token="t", now=clock.moment)
    again = engine.tick() + engine.tick()  # the first finds out, the second sends
    assert names(again) == ["Samira"] and "wachten" not in title(again[0])
