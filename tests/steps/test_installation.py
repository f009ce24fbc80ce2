"""A provider that refuses our own key or account: no contact is marked, it is shown and told once, and it goes on trying."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import send_report
from tests.steps.engine import Engine
from tests.steps.reaching import give_contacts
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.guard import ProviderFault, open_faults
from webcare_pwa.models.live_contacts import reachable
from webcare_pwa.ports import Delivered, OurFault
from webcare_pwa.steps.wellbeing import Wellbeing, wellbeing

SMS = "+31612345601"


@pytest.fixture
def engine(database: Database, world: World, clock: FakeClock) -> Engine:
    engine = Engine(database, clock)
    engine.tolerant = True  # a refused key is logged as a trouble
    give_contacts(database, world, clock.moment, "Samira", SMS)
    engine.contacts.by_address[SMS] = OurFault("http 401")
    send_report(database, world, clock.moment)
    engine.tick()
    return engine


def message(database: Database) -> Delivery:
    with database.read() as session:
        return session.scalars(
            select(Delivery).where(Delivery.contact_method_id.is_not(None), Delivery.opened_at.is_(None))
        ).first() or pytest.fail("no message")


def health(database: Database, world: World, clock: FakeClock) -> Wellbeing:
    with database.read() as session:
        return wellbeing(session, frozenset({world.waterveen}), now=clock.moment, real_now=clock.moment, watched_outside=False)


def mails(engine: Engine) -> list[str]:
    return sorted(job.to_address.split("@")[0] for job in engine.mail.jobs if "weigert ons" in job.subject)


def test_nobodys_contact_is_marked_and_it_is_tried_again(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    assert (message(database).outcome, message(database).detail) == (None, "onze eigen instelling: http 401")
    with database.read() as session:
        assert reachable(session, [world.people["Samira"]])
    assert not [job for job in engine.mail.jobs if "werkt niet meer" in job.subject]
    sent = len(engine.contacts.jobs)
    engine.pass_time(seconds=61)
    assert len(engine.contacts.jobs) == sent + 1
    engine.contacts.by_address[SMS] = Delivered("http 201")
    engine.pass_time(seconds=61)
    with database.read() as session:
        assert "accepted" in session.scalars(select(Delivery.outcome).where(Delivery.contact_method_id.is_not(None))).all()


def test_it_stands_on_the_health_screen_until_it_works_and_is_told_once(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    engine.pass_time(minutes=3)
    found = health(database, world, clock)
    assert [(each.kind, each.detail) for each in found.faults] == [("sms", "http 401")]
    assert not found.is_well
    assert found.broken == ()
    assert mails(engine) == ["ada", "carla", "linda"]
    engine.contacts.by_address[SMS] = Delivered("http 201")
    engine.pass_time(seconds=62)
    with database.read() as session:
        assert open_faults(session) == []
        (fault,) = session.scalars(select(ProviderFault))
        assert fault.ended_at is not None
    assert health(database, world, clock).faults == ()
    engine.contacts.by_address[SMS] = OurFault("http 403")
    engine.pass_time(minutes=16)  # the pool: it breaks a second time, which is told again
    assert mails(engine) == ["ada", "ada", "carla", "carla", "linda", "linda"]
