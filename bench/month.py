"""The month screen of Rooster, from request to answer: thirty people, three lines with weekday, weekend and holiday windows,
two hundred moved shifts. The floor is the page Wie-heeft-dienst of the same desk: one moment instead of six weeks."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall_time
from itertools import cycle
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from bench import lab
from bench.table import Row, percentile, spread, times
from tests.builders import World, build_world
from tests.fakes import FakeClock
from webcare_pwa import schema
from webcare_pwa.cli import sharing
from webcare_pwa.db import Database
from webcare_pwa.factory import create_app
from webcare_pwa.models.person import Person, Role
from webcare_pwa.models.rota import Override, Rotation, RotationMember
from webcare_pwa.models.rota_changes import RotationWindow
from webcare_pwa.settings import Settings

PEOPLE, MOVED, ASKED, AIM = 30, 200, 300, 0.100
MONTHS = [f"2026-{month:02}" for month in range(1, 13)]
START = datetime(2026, 1, 1, tzinfo=UTC)


def measure(folder: Path) -> Iterator[Row]:
    """Spread over the months of a year, on each database, within one process."""
    for kind in lab.kinds():
        with lab.store(kind, folder) as url:
            database = Database(url)
            schema.upgrade(database)
            clock = FakeClock()
            with database.write() as session:
                coordinator = _desk(session, clock.moment)
            browser = _browser(_app(database, clock, folder), coordinator)
            sharing.pre_fork(None, None)  # as gunicorn does before it forks
            least = _asked(browser, ["/rota/who"])
            found = _asked(browser, [f"/rota/calendar/{month}" for month in MONTHS])
            database.close()
        p99 = percentile(found, 0.99)
        yield Row("month", f"{kind}: month screen, p50/p95/p99 of {ASKED}", spread(least), spread(found),
                  times(percentile(found, 0.5) / percentile(least, 0.5)), f"p99 < {AIM * 1000:.0f} ms", p99 < AIM)


def _asked(browser: FlaskClient, addresses: list[str]) -> list[float]:
    found = []
    for number, address in zip(range(ASKED + 20), cycle(addresses), strict=False):
        began = time.perf_counter()
        answer = browser.get(address, headers={"Accept-Encoding": "gzip"})
        took = time.perf_counter() - began
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
        if number >= 20:  # the first ones fill caches
            found.append(took)
    return found


def _app(database: Database, clock: FakeClock, folder: Path) -> Flask:
    settings = Settings(
        database_url="", secret_key="bench-" * 8, base_url="http://localhost", data_dir=folder, log_level="ERROR",
        vapid_private_key_file=folder / "vapid.pem", vapid_subject="mailto:beheer@corporatie.example",
    )
    return create_app(settings, database=database, clock=clock)


def _browser(app: Flask, person: int) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{person}:1"
    return client


def _desk(session: Session, now: datetime) -> int:
    """The desk, filled; returns its coordinator."""
    chance = random.Random(7)  # noqa: S311
    world = build_world(session, now)
    people = [_person(session, world, number, now) for number in range(PEOPLE)]
    for place, line in enumerate(world.lines.values()):
        for every, days in ((1, "01234"), (2, "56")):
            rotation = Rotation(line_id=line, starts_on=date(2025, 12, 29), handoff_time=wall_time(8), every=every, unit="days")
            rotation.members = [RotationMember(person_id=each, position=at) for at, each in enumerate(people[place::3])]
            rotation.windows = [
                RotationWindow(days=days, opens=wall_time(17), closes=wall_time(8), holidays="except"),
                RotationWindow(days="0123456", opens=wall_time(8), closes=wall_time(8), holidays="only"),
            ]
            session.add(rotation)
    for _ in range(MOVED):
        starts = START + timedelta(minutes=chance.randrange(365 * 1440))
        session.add(Override(
            line_id=chance.choice(list(world.lines.values())), person_id=chance.choice(people), starts_at=starts,
            ends_at=starts + timedelta(hours=chance.randint(1, 40)), created_by_id=people[0], created_at=now,
        ))  # fmt: skip
    return world.people["Carla"]


def _person(session: Session, world: World, number: int, now: datetime) -> int:
    person = Person(name=f"Persoon{number} de Boer", email=f"p{number}@corporatie.example", password_hash="", created_at=now)
    person.roles = [Role(organisation_id=each, role="duty") for each in (world.waterveen, world.linde)]
    session.add(person)
    session.flush()
    return person.id
