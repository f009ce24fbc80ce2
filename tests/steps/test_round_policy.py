"""An edit of the escalation in the middle of a night counts from the next round on."""

from __future__ import annotations

from sqlalchemy import delete, update

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import give_phones, names, send_report
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.models.incident import Round
from webcare_pwa.models.rota import PolicyStep


def test_a_round_keeps_the_steps_it_began_with(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira", "Tom", "Carla")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment)
    engine.tick()
    engine.pass_time(minutes=3)
    with database.write() as session:
        session.execute(delete(PolicyStep).where(PolicyStep.position > 0))
    assert names(engine.pass_time(minutes=2)) == ["Samira", "Tom"]
    assert names(engine.pass_time(minutes=5)) == ["Carla"]


def test_a_round_of_before_this_release_follows_the_desk_also_when_that_became_shorter(
    database: Database, world: World, clock: FakeClock
) -> None:
    give_phones(database, world, clock.moment, "Samira", "Tom", "Carla")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment)
    engine.tick()
    assert names(engine.pass_time(minutes=5)) == ["Samira", "Samira", "Tom"]
    with database.write() as session:
        session.execute(update(Round).values(policy=None))
        session.execute(delete(PolicyStep).where(PolicyStep.position.between(1, 5)))
        session.execute(update(PolicyStep).where(PolicyStep.position == 6).values(position=1, after_seconds=60))
    assert sorted(names(engine.pass_time(minutes=10))) == ["Samira", "Tom"]  # the pool, at its own pace
