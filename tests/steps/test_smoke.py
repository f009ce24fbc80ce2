from __future__ import annotations

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.ports import Inbound
from webcare_pwa.steps import intake


def test_a_report_wakes_the_first_line(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        add_device(session, world.people["Samira"], "https://fcm.googleapis.com/1", clock.moment)
        add_device(session, world.people["Tom"], "https://fcm.googleapis.com/2", clock.moment)
    engine = Engine(database, clock)
    with database.write() as session:
        intake.receive(session, Inbound(world.waterveen, "api", "x1", "raw", "Er loopt water uit het plafond", {"category": "lekkage_ernstig"}), now=clock.moment)
    sent = engine.tick()
    assert [job.endpoint for job in sent] == ["https://fcm.googleapis.com/1"]
    print(sent[0].payload.decode())
    sent = engine.pass_time(minutes=6)
    assert [job.endpoint[-1] for job in sent] == ["1", "1", "2"]
