"""Jumping to the next moment at which the worker would write gives the same night as a tick in every second."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import World
from tests.fakes import SATURDAY_0210, FakeClock
from tests.steps.cases import NOODGEVAL, SPOED, give_phones, only_case, send_report
from tests.steps.engine import Engine
from tests.steps.reaching import give_contacts
from webcare_pwa.db import Database
from webcare_pwa.steps import acknowledgement

Sent = list[tuple[float, str]]


def walk(engine: Engine, seconds: int) -> None:
    """A tick in every second."""
    for _ in range(seconds):
        engine.clock.move(seconds=1)
        engine.tick()


def jump(engine: Engine, seconds: int) -> None:
    engine.pass_time(seconds=seconds)


def night(
    path: Path, world: World, pass_time: Callable[[Engine, int], None], facts: dict[str, object], before: int, after: int
) -> Sent:
    """Nobody answers for so many seconds, then it is taken and nothing more happens; what went out when."""
    database, clock = Database(f"sqlite:///{path}", durable=False), FakeClock()
    clock.moment = SATURDAY_0210
    give_phones(database, world, clock.moment, "Samira", "Tom", "Carla")
    give_contacts(database, world, clock.moment, "Samira", "+31612345601", "+31612345611")
    engine, sent = Engine(database, clock), Sent()
    heard = 0, 0

    def listen() -> None:
        nonlocal heard
        passed = (clock.moment - SATURDAY_0210) / timedelta(seconds=1)
        sent.extend((passed, job.endpoint) for job in engine.push.jobs[heard[0] :])
        sent.extend((passed, job.address) for job in engine.contacts.jobs[heard[1] :])
        heard = len(engine.push.jobs), len(engine.contacts.jobs)

    tick = engine.tick

    def listening() -> list[object]:
        found = tick()
        listen()
        return list(found)

    engine.tick = listening  # type: ignore[method-assign,assignment]
    send_report(database, world, clock.moment, facts)
    engine.tick()
    pass_time(engine, before)
    with database.write() as session:
        acknowledgement.acknowledge(session, only_case(database, world, clock.moment).incident.id, by=world.people["Samira"],
                                    via="screen", token="t", now=clock.moment)
    pass_time(engine, after)
    database.close()
    return sent


@pytest.mark.parametrize(("facts", "before", "after"), [(SPOED, 310, 60), (NOODGEVAL, 130, 190)], ids=["spoed", "noodgeval"])
def test_a_jump_misses_no_second(
    tmp_path: Path, lived_in_sqlite: tuple[Path, World], facts: dict[str, object], before: int, after: int
) -> None:
    """Up to the next person called, and up to the page because it was taken but not opened."""
    original, world = lived_in_sqlite
    for name in ("walked", "jumped"):
        shutil.copy(original, tmp_path / name)
    walked = night(tmp_path / "walked", world, walk, facts, before, after)
    assert len(walked) > 4
    assert night(tmp_path / "jumped", world, jump, facts, before, after) == walked
