"""PostgreSQL goes away and comes back: the tenant reads what to do, and web and worker go on with no restart of their own; the
worker hears commits again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from bench import lab
from tests.builders import build_world
from tests.cluster import Cluster
from tests.fakes import FakeClock
from tests.machines.running import RunningWorker
from tests.push_lab.waiting import wait_for
from tests.steps.cases import give_phones
from tests.web.html_forms import form
from webcare_pwa import schema
from webcare_pwa.db import Database
from webcare_pwa.factory import create_app
from webcare_pwa.models.report import Report
from webcare_pwa.settings import Settings

GAS = "/melden/waterveen/wat/gaslucht"


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with Cluster() as its:
        yield its


@pytest.mark.slow
@pytest.mark.parametrize("kind", [each for each in lab.kinds() if each == "postgres"])
def test_web_and_worker_survive_a_restart(
    kind: str, cluster: Cluster, settings: Settings, clock: FakeClock, tmp_path: Path
) -> None:
    admin = create_engine(f"{cluster.address}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("create database webcare"))
    admin.dispose()
    database = Database(f"{cluster.address}/webcare")
    schema.upgrade(database)
    with database.write() as session:
        world = build_world(session, clock.moment)
    give_phones(database, world, clock.moment, "Samira")
    client = create_app(replace(settings, log_level="ERROR"), database=database, clock=clock).test_client()
    told = {"text": "Het ruikt naar gas", "phone": "06 12345678"}
    first, page = client.get(GAS).text, client.get(GAS).text
    with RunningWorker(database, tmp_path, clock) as running:
        assert form(first, having="postcode").send(client, told).status_code == 303
        wait_for(lambda: len(running.push.jobs) == 1, "the first page")
        cluster.stop()
        for sent in (form(page, having="postcode").send(client, told), client.post("/melden/waterveen/gevaar")):
            assert sent.status_code == 503
            assert "niet opgeslagen" in sent.text and "030 123 45 67" in sent.text
        assert "030 123 45 67" in client.get("/melden/waterveen").text
        cluster.start()
        wait_for(lambda: form(page, having="postcode").send(client, told).status_code == 303, "the form works again")
        wait_for(lambda: len(running.push.jobs) >= 2, "the page after the restart", timeout=10)
        wait_for(lambda: running.waiter.hears, "the worker listens again", timeout=10)
    with database.read() as session:
        assert session.scalars(select(func.count()).select_from(Report)).one() == 2
    database.close()
