"""The alarm about a worker that stands still: when, by whom, once; and the notice that it runs again. Real clock, injected."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import World, add_device
from tests.fakes import FakeClock
from webcare_pwa.db import Database
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.steps import watching
from webcare_pwa.steps.call_list import call_list

BEAT = datetime(2026, 11, 28, 1, 10, tzinfo=UTC)
LONG_AGO = BEAT - timedelta(hours=1)


def beat(database: Database, at: datetime) -> None:
    with database.write() as session:
        session.merge(Heartbeat(name="worker", at=at))


def due(database: Database, seconds: float, since: datetime = LONG_AGO) -> str | None:
    with database.read() as session:
        return watching.due(session, watched_since=since, real_now=BEAT + timedelta(seconds=seconds))


def claim(database: Database, key: str, seconds: float) -> bool:
    with database.write() as session:
        return watching.claim(session, key, real_now=BEAT + timedelta(seconds=seconds))


def sent(database: Database, key: str) -> None:
    with database.write() as session:
        watching.sent(session, key, real_now=BEAT + timedelta(seconds=70))


@pytest.mark.parametrize(("seconds", "since", "alarmed"), [
    (5, 0, False), (60, 0, False), (61, 0, True), (3600, 3580, False), (3600, 3500, True),
])  # fmt: skip
def test_it_is_due_after_sixty_seconds_that_this_process_saw_too(
    database: Database, seconds: int, since: int, alarmed: bool
) -> None:
    beat(database, BEAT)
    assert bool(due(database, seconds, BEAT + timedelta(seconds=since))) == alarmed


def test_a_worker_that_never_lived_is_missed_too(database: Database) -> None:
    assert due(database, 59, BEAT) is None
    assert due(database, 61, BEAT) == "worker:never"


def test_of_two_processes_one_gets_it_and_another_takes_over_when_it_dies(database: Database) -> None:
    beat(database, BEAT)
    key = due(database, 61) or ""
    assert [claim(database, key, 61), claim(database, key, 61)] == [True, False]
    assert due(database, 66) is None  # somebody is sending it
    assert due(database, 182) == key
    assert [claim(database, key, 182), claim(database, key, 182)] == [True, False]
    sent(database, key)
    assert due(database, 3600) is None


def test_when_it_lives_again_that_is_told_once_and_only_after_an_alarm_that_was_sent(database: Database) -> None:
    beat(database, BEAT)
    key = due(database, 61) or ""
    claim(database, key, 61)
    beat(database, BEAT + timedelta(seconds=80))
    assert due(database, 81) is None
    sent(database, key)
    again = due(database, 82) or ""
    assert again == key + ":again"
    assert claim(database, again, 82)
    sent(database, again)
    assert due(database, 90) is None
    assert due(database, 80 + 61) == f"worker:{(BEAT + timedelta(seconds=80)).isoformat()}"  # a next standstill is another


def test_told_are_coordinators_and_who_is_on_duty_and_nobody_else(
    database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        for name in world.people:
            add_device(session, world.people[name], f"https://fcm.googleapis.com/{name}", clock.moment)
    with database.read() as session:
        whom = call_list(session, now=clock.moment)
    assert [each["endpoint"].rpartition("/")[2] for each in whom["push"]] == ["Carla", "Samira", "Tom"]
    assert whom["mail"] == [world.email(name) for name in ("Samira", "Tom", "Carla")]
