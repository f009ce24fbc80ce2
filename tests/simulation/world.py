"""The small town of a simulated night: one prepared database, copied each night; then whose week it is, phones, contacts."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random

from sqlalchemy.orm import Session

from tests.builders import World, build_world
from tests.simulation.facts import Facts
from webcare_pwa import schema
from webcare_pwa.clock import AMSTERDAM
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.models.device import Device
from webcare_pwa.models.rota import Rotation, RotationMember

MEMORY = Path("/dev/shm")  # noqa: S108  a file system in memory
HANDOFFS = (time(8), time(8), time(17), time(23), time(2, 30), time(6))


@dataclass
class Town:
    """One database that every night of this process is played in, one after the other."""

    database: Database
    facts: Facts
    world: World
    _empty: sqlite3.Connection

    def reset(self) -> None:
        """As it was before the first night. The compiled statements of the engine stay, which is most of the speed."""
        raw = self.database.engine.raw_connection()
        connection = raw.driver_connection
        if not isinstance(connection, sqlite3.Connection):
            raise TypeError("the simulation plays in SQLite")
        self._empty.backup(connection)
        raw.close()


@contextmanager
def town() -> Iterator[Town]:
    """Build it; gone at the end."""
    with tempfile.TemporaryDirectory(prefix="webcare-nights-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        path = Path(folder) / "night.db"
        database = Database(f"sqlite:///{path}", durable=False, pool_size=2)
        schema.upgrade(database)
        with database.write() as session:
            world = build_world(session, datetime(2026, 1, 5, tzinfo=UTC))
        empty = sqlite3.connect(":memory:")
        source = sqlite3.connect(path)
        source.backup(empty)
        source.close()
        facts = Facts(path)
        yield Town(database, facts, world, empty)
        facts.close()
        empty.close()
        database.close()


def prepare(session: Session, world: World, chance: Random, start: datetime) -> list[str]:
    """Whose week it is tonight and what everybody has to be woken with. Returns the addresses of phones and contacts."""
    _rota(session, world, chance, start)
    addresses = []
    for name, person in world.people.items():
        if name in ("Samira", "Tom", "Pieter", "Carla"):
            addresses += _phones(session, person, name, chance, start) + _contacts(session, person, name, chance, start)
    return addresses


def _rota(session: Session, world: World, chance: Random, start: datetime) -> None:
    """The hand-off may fall in the middle of the night; the first one lies up to a year back, most often in the other half."""
    handoff, days = chance.choice(HANDOFFS), chance.choice((-3, 0, 0, 1))
    wall = start.astimezone(AMSTERDAM)
    if chance.random() < 0.3:
        handoff = (wall + timedelta(minutes=chance.choice((0, 30)))).time().replace(minute=0, second=0)
        days = 0
    day = wall.date() + timedelta(days=days - 7 * chance.choice((chance.randint(0, 50), 22, 26, 30)))
    names = ["Samira", "Tom", "Pieter"]
    chance.shuffle(names)
    for code, members in (("first_line", names), ("backup", names[1:] + names[:1])):
        line = world.lines[code]
        for old in session.query(Rotation).filter_by(line_id=line):
            session.delete(old)
        session.flush()
        if chance.random() < 0.04:
            continue  # a hole
        rotation = Rotation(line_id=line, starts_on=day, handoff_time=handoff)
        rotation.members = [RotationMember(person_id=world.people[each], position=place) for place, each in enumerate(members)]
        session.add(rotation)
    session.flush()


def _phones(session: Session, person: int, name: str, chance: Random, start: datetime) -> list[str]:
    found = []
    for number in range(chance.choice((0, 1, 1, 1, 1, 1, 1, 2, 2))):
        address = f"https://push.example/{name}{number}"
        waking = number == 0 and chance.random() < 0.95
        session.add(Device(
            person_id=person, endpoint=address, p256dh="key", auth="auth", vapid_key_id="test", name="Telefoon", waking=waking,
            registered_at=start - timedelta(days=9), seen_at=start,
        ))
        found.append(address)
    return found


def _contacts(session: Session, person: int, name: str, chance: Random, start: datetime) -> list[str]:
    """Messages, most of them proven by an earlier test."""
    found = []
    for position in range(chance.choice((0, 0, 1, 1, 2))):
        address = f"sms:{name}{position}"
        method = ContactMethod(person_id=person, position=position, kind="sms", address=address, values={},
                               created_at=start - timedelta(days=9))
        session.add(method)
        session.flush()
        if chance.random() < 0.8:
            at = start - timedelta(days=5)
            session.add(Alert(key=f"test:{address}", kind="test", person_id=person, at=at, deliveries=[Delivery(
                contact_method_id=method.id, created_at=at, due_at=at, attempts=1, outcome="accepted", outcome_at=at,
                opened_at=at,
            )]))
        found.append(address)
    return found
