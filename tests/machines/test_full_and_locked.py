"""The disk is full, or the SQLite file locked for ten seconds: the tenant reads what to do and the 24-hour number, nothing is
half stored, pages that only read go on, and the worker catches up by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, func, select

from tests.builders import World
from tests.fakes import FakeClock
from tests.machines.running import RunningWorker
from tests.push_lab.waiting import wait_for
from tests.steps.cases import give_phones
from tests.web.html_forms import form
from webcare_pwa.db import Database
from webcare_pwa.models.incident import IncidentReport
from webcare_pwa.models.report import Message, Report

NUMBER = "030 123 45 67"
GAS = "/melden/waterveen/wat/gaslucht"


@contextmanager
def full(*engines: Engine) -> Iterator[None]:
    """No file of the database can grow any more."""

    def limit(connection: Any, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    for engine in engines:
        event.listen(engine, "connect", limit)
        engine.dispose()
    yield
    for engine in engines:
        event.remove(engine, "connect", limit)
        engine.dispose()


def send(client: FlaskClient, text: str = "Het ruikt naar gas") -> tuple[int, str]:
    answer = form(client.get(GAS).text, having="postcode").send(client, {"text": text, "phone": "06 12345678"})
    return answer.status_code, answer.text


def counts(database: Database) -> tuple[int, int, int]:
    with database.read() as session:
        reports, messages, taken_up = (
            session.scalars(select(func.count()).select_from(table)).one() for table in (Report, Message, IncidentReport)
        )
        return reports, messages, taken_up


def test_a_full_disk_is_told_and_the_worker_catches_up(
    client: FlaskClient, database: Database, world: World, clock: FakeClock, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    with RunningWorker(database, tmp_path, clock) as running:
        with full(database.engine, running.database.engine):
            answers = [send(client, "gas " * 1500) for _ in range(40)]
            assert "06 12345678" not in capfd.readouterr().err  # what was typed is in no log
            refused = [page for status, page in answers if status == 503]
            assert refused
            assert all("niet opgeslagen" in page and NUMBER in page and "112" in page for page in refused)
            assert NUMBER in client.get(GAS).text
            stored = sum(status == 303 for status, _ in answers)
            assert counts(database)[:2] == (stored, stored)
        assert send(client)[0] == 303
        wait_for(lambda: counts(database)[2] == stored + 1, "all stored reports taken up", timeout=60)
        wait_for(lambda: running.push.jobs, "a page", timeout=30)


@pytest.mark.slow
def test_a_lock_of_ten_seconds_is_waited_out(
    client: FlaskClient, database: Database, world: World, clock: FakeClock, tmp_path: Path
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    with RunningWorker(database, tmp_path, clock) as running, closing(
        sqlite3.connect(database.engine.url.database or "", isolation_level=None, check_same_thread=False)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        began = monotonic()
        timer = Timer(10, lambda: other.execute("COMMIT"))
        timer.start()
        page = client.get(GAS)
        assert page.status_code == 200
        assert monotonic() - began < 5
        status, text = send(client)
        timer.join()
        assert (status == 303) or (status == 503 and NUMBER in text)
        if status == 503:
            assert counts(database)[0] == 0
            assert send(client)[0] == 303
        freed = monotonic()
        wait_for(lambda: running.push.jobs, "the page", timeout=20)
        print(f"answer {status}, page {monotonic() - freed:.1f} s after the lock went")  # noqa: T201  figures
        assert counts(database) == (1, 1, 1)
