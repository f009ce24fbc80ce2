"""Builds the demo, or builds it anew: all rows but the clock go, the clock jumps to the next Saturday 02:05, keys stay."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webcare_pwa.clock import Clock, local
from webcare_pwa.db import Base, Database
from webcare_pwa.demo import book as books
from webcare_pwa.demo import contacts
from webcare_pwa.demo import town as towns
from webcare_pwa.demo.nights import Player
from webcare_pwa.house import House
from webcare_pwa.models.audit import ClockOffset
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.person import Person
from webcare_pwa.models.publication import RotaStamp
from webcare_pwa.steps import devices

BEFORE = timedelta(days=30)  # when the demo's world was set up
ON_DUTY = ("samira", "tom", "carla")

KEPT = (ClockOffset.__tablename__, RotaStamp.__tablename__)  # one row each: must not run back, is made by a migration only


@dataclass(frozen=True)
class Login:
    """Somebody of the demo who can log in."""

    name: str
    email: str
    roles: tuple[str, ...]


def is_empty(database: Database) -> bool:
    """Is there no organisation yet?"""
    with database.read() as session:
        return session.scalars(select(Organisation.id).where(Organisation.synthetic.is_(False))).first() is None


def build(database: Database, clock: Clock, house: House) -> datetime:
    """Throw everything away and build the demo; returns the moment its clock now stands at."""
    with database.write() as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in KEPT:
                session.execute(delete(table))
        start = _jump(session, clock)
        calendar = books.Calendar(local(start).date())
        book = books.load()
        town = towns.build(session, book, calendar, now=start - BEFORE)
        phones = [_phone(session, town.people[who], start - BEFORE) for who in ON_DUTY]
        Player(session, house, town, calendar).play(book["nights"])
        contacts.prove(session, town, now=start - BEFORE)
        for phone, owner in phones:  # from here on the visitor's own phone is the one that can be paged
            devices.remove(session, phone, by=owner, now=start)
    return start


def logins(database: Database) -> list[Login]:
    """Who can log in, in the order of the book."""
    with database.read() as session:
        people = session.scalars(select(Person).where(Person.disabled_at.is_(None)).order_by(Person.id)).all()
        return [Login(each.name, each.email, tuple(sorted({role.role for role in each.roles}))) for each in people]


def _jump(session: Session, clock: Clock) -> datetime:
    """Move the business clock on to the next Saturday 02:05. It only ever moves forward."""
    row = session.get(ClockOffset, 1) or ClockOffset(id=1, seconds=0)
    session.add(row)
    session.flush()
    now = clock.now(session)
    start = books.next_start(now)
    row.seconds += int((start - now).total_seconds()) + 1
    session.flush()
    return start


def _phone(session: Session, person_id: int, now: datetime) -> tuple[int, int]:
    """A phone for the nights that are over, with real keys that nobody holds; returns (device id, owner id)."""
    point = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    device = devices.register(
        session, person_id, endpoint=f"https://fcm.googleapis.com/fcm/send/demo-{person_id}", p256dh=_b64(point),
        auth=_b64(secrets.token_bytes(16)), vapid_key_id="demo", name="Telefoon", platform="android", waking=True, now=now,
        allowed=(),
    )  # fmt: skip
    return device.id, person_id


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
