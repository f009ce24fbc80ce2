"""How tests play the evening before a shift: time passes, somebody taps, somebody is given a shift."""

from __future__ import annotations

import json

from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import names
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.ports import PushJob
from webcare_pwa.rules.wall_time import parse, wall
from webcare_pwa.steps import planning, rehearsals, rota

FRIDAY = "2026-11-27"


def until(engine: Engine, clock: FakeClock, at: str) -> list[str]:
    """Let time pass up to a moment, a tick each five minutes on the clock; returns who was pushed to and when."""
    sent = [f"{wall(clock.moment):%H:%M} {name}" for name in names(engine.tick())]
    while clock.moment < parse(at):
        pause = min((parse(at) - clock.moment).total_seconds(), 300 - clock.moment.timestamp() % 300)
        clock.move(seconds=pause)
        sent += [f"{wall(clock.moment):%H:%M} {name}" for name in names(engine.tick())]
    return sent


def pages(jobs: list[PushJob]) -> list[dict[str, object]]:
    return [json.loads(job.payload)["notification"] for job in jobs]


def confirm(database: Database, world: World, clock: FakeClock, *people: str) -> None:
    """The newest rehearsal of each, as the tap on the phone does it."""
    with database.write() as session:
        for name in people:
            newest = select(Alert.id).where(Alert.person_id == world.people[name], Alert.kind.in_(("rehearsal", "sound")))
            alert_id = session.scalars(newest.order_by(Alert.id.desc())).first()
            assert alert_id is not None
            device = session.scalar(select(Delivery.device_id).where(Delivery.alert_id == alert_id))
            rehearsals.confirm(session, alert_id, device_id=device, now=clock.moment)


def stands(database: Database, world: World, clock: FakeClock) -> tuple[str, str]:
    """Who is called first and second now."""
    by_id = {number: name for name, number in world.people.items()}
    with database.read() as session:
        first, backup = (
            [by_id[each] for each in rota.people_for(session, world.waterveen, who, clock.moment)]
            for who in ("first_line", "backup")
        )
    return "".join(first), "".join(backup)


def alarms(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Alert.note).where(Alert.kind == "alarm").order_by(Alert.id)))


def give(database: Database, world: World, clock: FakeClock, name: str, start: str, end: str, line: str = "first_line") -> None:
    with database.write() as session:
        planning.move_shift(session, world.lines[line], world.people[name], parse(start), parse(end),
                            by=world.people["Carla"], now=clock.moment)
