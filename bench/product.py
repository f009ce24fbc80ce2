"""The real product in real processes: gunicorn with two web processes and `flask worker`, on a fresh migrated database.

Waterveen has no office hours here, so it is always night; Samira has first line and one device, at the sink.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import delete, update

from bench import lab, load
from tests.builders import World, add_device, build_world
from webcare_pwa import links, schema, vapid
from webcare_pwa.cli.serve import web_command
from webcare_pwa.clock import real_now
from webcare_pwa.db import Database
from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.models.organisation import ApiToken, OfficeHours
from webcare_pwa.models.rota import PolicyStep, Rotation
from webcare_pwa.settings import from_environ

DWELLINGS = 1000
WEEK = timedelta(days=7)
LATER_STEPS = 6 * 60 * 60  # seconds that repeats and backup are put off


@dataclass
class Product:
    """An installation of its own. Web and worker are started and killed apart from each other."""

    url: str
    folder: Path
    push_origin: str
    environ: dict[str, str]
    database: Database
    token: str = ""
    world: World = field(default_factory=World)
    port: int = 0
    web: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None
    others: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_web(self) -> float:
        """Start gunicorn; returns the seconds until the first 200."""
        self.port, began = lab.free_port(), time.monotonic()
        command = web_command(from_environ(self.environ), f"127.0.0.1:{self.port}", 2)[1:]
        self.web = lab.spawn(command, self.folder / "web.log", self.environ)
        if not lab.until(self.is_up, 30):
            raise RuntimeError(f"the web process did not start:\n{(self.folder / 'web.log').read_text()[-2000:]}")
        return time.monotonic() - began

    def start_worker(self) -> None:
        """Start the worker and return at once."""
        command = ["-m", "flask", "--app", "app", "worker"]
        self.worker = lab.spawn(command, self.folder / "worker.log", self.environ)

    def start_another_worker(self) -> subprocess.Popen[bytes]:
        """One more beside it, ready; on SQLite it would be refused."""
        first = self.worker
        self.start_worker()
        self.wait_for_worker()
        another, self.worker = self.worker, first
        assert another is not None  # noqa: S101  start_worker made it
        self.others.append(another)
        return another

    def kill_worker(self) -> None:
        """SIGKILL: what a power cut or the kernel's memory killer does."""
        if self.worker:
            self.worker.kill()
            self.worker.wait()

    def wait_for_worker(self) -> None:
        """Until the worker started last says that it runs."""
        if not lab.until(self._is_ready, 30):
            raise RuntimeError(f"the worker did not start:\n{(self.folder / 'worker.log').read_text()[-2000:]}")

    def is_up(self) -> bool:
        """Does the web process answer?"""
        return lab.is_listening(self.port) and load.get(self.port, "/login") == 200

    def target(self) -> load.Target:
        """Reports by API, each of another address."""
        return load.Target(self.port, "/api/v1/reports", body_of, {"Authorization": f"Bearer {self.token}"})

    def stop(self) -> None:
        """End what runs."""
        for process in (self.web, self.worker, *self.others):
            if process and process.poll() is None:
                lab.end(process)
        self.database.close()

    def _is_ready(self) -> bool:
        return self.worker is not None and f'"pid": {self.worker.pid}' in (self.folder / "worker.log").read_text()


def body_of(key: int) -> bytes:
    """A report of gas at dwelling `key`; every thousand of them the addresses begin again."""
    return json.dumps({
        "external_id": f"bench-{key}", "category": "gaslucht", "danger": True, "danger_kind": "gas", "postcode": "3511AA",
        "house_number": str(key % DWELLINGS + 1), "phone": "030 123 45 67", "text": f"Ik ruik gas in de keuken ({key})",
    }).encode()


@contextlib.contextmanager
def installed(
    kind: str, folder: Path, push_origin: str, *, web: bool = True, worker: bool = True, devices: int = 1,
    environ: dict[str, str] | None = None,
) -> Iterator[Product]:
    """A product ready for use, for as long as the block lasts."""
    with lab.store(kind, folder) as url:
        its = _build(url, folder, push_origin, devices, environ or {})
        try:
            if web:
                its.start_web()
            if worker:
                its.start_worker()
                its.wait_for_worker()
            if web and worker:
                _warm_up(its)
            yield its
        finally:
            its.stop()


def _build(url: str, folder: Path, push_origin: str, devices: int, more: dict[str, str]) -> Product:
    home = folder / f"home-{time.monotonic_ns()}"
    home.mkdir()
    environ = {
        **os.environ, "WEBCARE_DATABASE_URL": url, "WEBCARE_DATA_DIR": str(home), "WEBCARE_SECRET_KEY": "bench-" * 8,
        "WEBCARE_BASE_URL": "http://127.0.0.1", "WEBCARE_VAPID_SUBJECT": "mailto:beheer@corporatie.example",
        "WEBCARE_PUSH_HOSTS": push_origin.rpartition(":")[0], "WEBCARE_LOG_LEVEL": "INFO",
        "WEBCARE_SELFTEST_MINUTES": "0", **more,
    }
    database = Database(url)
    schema.upgrade(database)
    vapid.create(home / "vapid.pem")
    its = Product(url, home, push_origin, environ, database, token=links.new_token())
    _populate(its, devices)
    return its


def _populate(its: Product, devices: int) -> None:
    now, today = real_now(), date.fromordinal(real_now().toordinal())
    with its.database.write() as session:
        its.world = world = build_world(session, now)
        session.execute(delete(OfficeHours))
        later = PolicyStep.position > 0  # a run must see first pages only, however slow the machine is
        session.execute(update(PolicyStep).where(later).values(after_seconds=PolicyStep.after_seconds + LATER_STEPS))
        session.execute(update(Rotation).values(starts_on=today - timedelta(days=today.weekday()) - WEEK))
        session.add(ApiToken(organisation_id=world.waterveen, name="bench", token_hash=links.digest(its.token), created_at=now))
        session.add_all([
            Dwelling(organisation_id=world.waterveen, complex_id=world.complex, postcode="3511AA", house_number=number + 1,
                     street="Gaslaan", city="Waterveen")
            for number in range(DWELLINGS)
        ])
        for name in ("Samira", "Tom"):
            for number in range(devices):
                add_device(session, world.people[name], f"{its.push_origin}/{name}/{number}", now)


def _warm_up(its: Product) -> None:
    """Each thread of each web process has answered once, and the pages of that are out."""
    load.shoot(its.target(), iter(range(1_000_000, 1_000_032)), 16)
    time.sleep(1.0)
