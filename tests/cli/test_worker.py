"""On SQLite exactly one worker runs; production refuses demo settings."""

from __future__ import annotations

import fcntl
from dataclasses import replace

from flask import Flask

from tests.builders import World
from tests.fakes import FakeClock
from webcare_pwa.db import Database
from webcare_pwa.factory import create_app
from webcare_pwa.settings import Settings


def test_a_second_worker_on_one_sqlite_file_is_refused_politely(app: Flask, settings: Settings, world: World) -> None:
    with (settings.data_dir / "worker.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        told = app.test_cli_runner().invoke(args=["worker"])
    assert told.exit_code == 1
    assert "A worker is running already" in told.output


def test_serve_refuses_demo_settings(settings: Settings, database: Database, clock: FakeClock, world: World) -> None:
    demo = create_app(replace(settings, demo=True), database=database, clock=clock)
    told = demo.test_cli_runner().invoke(args=["serve"])
    assert told.exit_code == 1
    assert "demo settings" in told.output
