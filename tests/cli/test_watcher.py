"""The watcher of a web process, its sender replaced by a list; the real one runs in tests/stories/test_worker_frozen.py."""

from __future__ import annotations

import sqlite3
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event

from tests.builders import World
from tests.fakes import FakeClock
from webcare_pwa.clock import real_now
from webcare_pwa.db import Database
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.steps import watching
from webcare_pwa.watcher import Watcher


class Watched:
    """Two watchers, as in two web processes on one machine; time is counted by the test."""

    def __init__(self, database: Database, folder: Path, clock: FakeClock) -> None:
        self.database, self.now = database, real_now()
        self.sent: list[str] = []
        self.whom: list[dict[str, Any]] = []
        self.watchers = [Watcher(database, clock, folder, self._start) for _ in range(2)]
        self.beat()

    def _start(self, key: str, whom: dict[str, Any]) -> subprocess.Popen[bytes] | None:
        self.sent.append(key)
        self.whom.append(whom)
        return None

    def beat(self) -> datetime:
        with self.database.write() as session:
            session.merge(Heartbeat(name="worker", at=self.now))
        return self.now

    def done(self, key: str) -> None:
        with self.database.write() as session:
            watching.sent(session, key, real_now=self.now)

    def look(self, seconds: int) -> list[str]:
        """Both look every five seconds; the keys that were sent meanwhile."""
        before = len(self.sent)
        for _ in range(seconds // 5):
            self.now += timedelta(seconds=5)
            for each in self.watchers:
                each.look(self.now)
        return self.sent[before:]


@pytest.fixture
def watched(database: Database, world: World, clock: FakeClock, tmp_path: Path) -> Watched:
    return Watched(database, tmp_path, clock)


def test_two_watchers_send_one_alarm_and_one_notice(watched: Watched, world: World) -> None:
    key = f"worker:{watched.now.isoformat()}"
    assert watched.look(60) == []
    assert watched.look(10) == [key]
    assert watched.whom[0]["mail"] == [world.email(name) for name in ("Samira", "Tom", "Carla")]
    watched.done(key)
    assert watched.look(120) == []
    watched.beat()
    assert watched.look(20) == [key + ":again"]


def test_a_machine_that_slept_does_not_alarm_when_it_wakes(watched: Watched) -> None:
    watched.look(10)
    watched.now += timedelta(hours=8)
    assert watched.look(50) == []
    assert len(watched.look(20)) == 1


def test_with_the_database_locked_one_file_decides_and_the_row_does_not_alarm_again(watched: Watched) -> None:
    watched.database.close()
    event.listen(watched.database.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=20"))
    holder = sqlite3.connect(str(watched.database.engine.url.database), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")  # a worker frozen in the middle of a write
    assert watched.look(120) == ["database"]
    holder.execute("ROLLBACK")
    holder.close()
    assert watched.look(60) == []
    watched.beat()
    assert [key.endswith(":again") for key in watched.look(20)] == [True]
    assert watched.look(30) == []


def test_with_the_database_gone_it_alarms_from_what_it_last_knew(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    watched.look(10)
    broken = create_engine("sqlite:////nowhere/at/all.db")
    whole = watched.database.engine
    monkeypatch.setattr(watched.database, "engine", broken)
    assert watched.look(60) == []
    assert watched.look(10) == ["database"]
    assert len(watched.whom[0]["mail"]) == 3
    assert watched.look(60) == []
    monkeypatch.setattr(watched.database, "engine", whole)
    watched.beat()
    assert watched.look(10) == ["database:again"]

