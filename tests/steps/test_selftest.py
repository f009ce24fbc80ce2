"""The rows of a self-test: it runs through the real steps, is in no list, wakes nobody, alarms once, and goes after a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.house.two_sides import everything
from tests.push_lab.encryption import b64u
from tests.steps.cases import give_phones, names
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.models import organisation, plan, vitals
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.device import Device
from webcare_pwa.models.guard import SelfTest
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.report import Report
from webcare_pwa.ports import Inbound
from webcare_pwa.steps import intake, receipts, selftest, selftest_world
from webcare_pwa.steps.figures import figures

PHONE = {"endpoint": "http://selftest.invalid/phone", "p256dh": b64u(b"\4" * 65), "auth": b64u(b"\1" * 16)}
EVERY = timedelta(minutes=15)


class Run:
    """A self-test whose outside is played by the test."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.database, self.clock, self.engine = database, clock, Engine(database, clock)

    def begin(self) -> str | None:
        with self.database.write() as session:
            selftest.alone(session)
            selftest_world.prepare(session, secret="geheim", phone=PHONE, now=self.clock.moment)
            return selftest.begin(session, now=self.clock.moment, every=EVERY)

    def post(self, key: str) -> None:
        with self.database.write() as session:
            home = session.scalars(select(Organisation.id).where(Organisation.synthetic)).one()
            intake.receive(session, Inbound(home, "api", key, "{}", "Zelftest", {"category": "lekkage_ernstig"}),
                           now=self.clock.moment)

    def show(self) -> None:
        with self.database.write() as session:
            row = session.scalars(select(Delivery).order_by(Delivery.id.desc())).first()
            assert row is not None and row.device_id is not None
            receipts.receipt(session, row.id, row.device_id, "shown", now=self.clock.moment)

    def look(self) -> bool:
        with self.database.write() as session:
            return selftest.look(session, now=self.clock.moment)

    def whole(self) -> None:
        key = self.begin()
        assert key
        self.post(key)
        self.engine.tick()
        self.show()
        assert self.look()

    def last(self) -> SelfTest:
        with self.database.read() as session:
            return session.scalars(select(SelfTest).order_by(SelfTest.id.desc())).first() or SelfTest()


@pytest.fixture
def run(database: Database, world: World, clock: FakeClock) -> Run:
    give_phones(database, world, clock.moment, "Samira", "Tom", "Carla")
    return Run(database, clock)


def test_it_passes_through_every_hop_and_pages_nobody_but_its_own_phone(run: Run) -> None:
    run.whole()
    assert list(run.last().hops) == ["received", "judged", "called", "sent", "shown"]
    assert run.last().failed == ""
    assert [job.endpoint for job in run.engine.push.jobs] == [PHONE["endpoint"]]
    assert run.engine.pass_time(minutes=120) == []
    assert run.engine.mail.jobs == []


def test_it_is_begun_once_per_quarter_of_an_hour(run: Run) -> None:
    assert run.begin()
    assert run.begin() is None
    run.clock.move(minutes=16)
    assert run.begin() is None  # the first is not over
    run.look()
    assert run.begin()


def test_a_hop_that_fails_alarms_the_coordinators_once_until_it_works_again(run: Run) -> None:
    run.whole()
    for _ in range(2):
        run.clock.move(minutes=16)
        run.begin()
        run.clock.move(seconds=61)
        assert run.look()
    assert run.last().failed == "received"
    sent = [job for job in run.engine.tick() if job.endpoint != PHONE["endpoint"]]
    assert set(names(sent)) == {"Carla"}
    assert "Het gaat mis bij: melding ontvangen" in sent[0].payload.decode()
    before = len(run.engine.push.jobs)
    run.clock.move(minutes=16)
    run.whole()
    run.clock.move(minutes=16)
    run.begin()
    run.clock.move(seconds=61)
    run.look()
    run.engine.tick()
    assert len(run.engine.push.jobs) > before + 1


def test_a_page_that_is_never_shown_is_the_last_hop(run: Run) -> None:
    key = run.begin()
    assert key
    run.post(key)
    run.engine.tick()
    assert not run.look()
    run.clock.move(seconds=62)
    assert run.look()
    assert run.last().failed == "shown"


def test_it_is_in_no_list_and_no_figure(run: Run, database: Database, world: World, clock: FakeClock) -> None:
    key = run.begin()
    assert key
    run.post(key)
    run.engine.tick()
    with database.read() as session:
        assert [each.slug for each in organisation.every(session)] == ["linde", "waterveen"]
        assert [desk.id for desk in plan.real_desks(session)] == [world.desk]
        found = {each.name: each.value for each in figures(session, now=clock.moment, real_now=clock.moment) if not each.labels}
        assert vitals.outcomes(session, clock.moment) == {}
    assert found["webcare_urgent_unacknowledged"] == 0
    assert found["webcare_escalation_late_count"] == 0


def test_after_a_day_nothing_of_it_is_left_and_everything_else_is(run: Run, database: Database, clock: FakeClock) -> None:
    run.begin()
    run.engine.tick()
    with database.write() as session:
        session.query(SelfTest).delete()
    empty = everything(database)
    run.whole()
    assert everything(database) != empty
    clock.move(hours=25)
    with database.write() as session:
        assert selftest_world.clear(session, before=clock.moment - selftest.KEPT) == 1
    left = everything(database)
    assert left.pop("gap_notices") and empty.pop("gap_notices")  # the rota of the tests goes on meanwhile
    assert left == empty
    with database.read() as session:
        assert session.scalars(select(Report)).all() == []


def test_a_restart_changes_no_row(run: Run, database: Database) -> None:
    run.begin()
    before = everything(database)
    run.clock.move(minutes=5)
    run.begin()
    assert everything(database) == before
    with database.read() as session:
        assert session.scalars(select(Device.name).where(Device.endpoint == PHONE["endpoint"])).all() == ["zelftest"]

