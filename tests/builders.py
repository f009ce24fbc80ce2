"""Builds the small world that most tests need: the same names as in the design's night.

Samira has first line, Tom backup, in the week of Saturday 28 November 2026. Every password is `PASSWORD`.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy.orm import Session

from tests.thrift import CHEAP
from webcare_pwa.models.device import Device
from webcare_pwa.models.dwelling import Complex, Contact, Dwelling
from webcare_pwa.models.gap import GapNotice
from webcare_pwa.models.organisation import OfficeHours, Organisation
from webcare_pwa.models.person import Person, Role
from webcare_pwa.models.rota import Desk, Line, PolicyStep, Rotation, RotationMember
from webcare_pwa.rules.default_policy import DEFAULT_POLICY

PASSWORD = "een goed wachtwoord"
_HASH = CHEAP.hash(PASSWORD)

PEOPLE = {  # name: (roles in Waterveen, roles in De Linde)
    "Samira": (("duty",), ("duty",)),
    "Tom": (("duty",), ("duty",)),
    "Pieter": (("duty", "caretaker"), ("duty",)),
    "Carla": (("coordinator",), ("coordinator",)),
    "Olga": (("operator",), ("operator",)),
    "Kees": (("customer_service",), ()),
    "Ed": (("editor",), ()),
    "Ada": (("administrator",), ()),
    "Linda": ((), ("customer_service", "administrator")),
}


@dataclass
class World:
    """Ids of what was built."""

    desk: int = 0
    waterveen: int = 0
    linde: int = 0
    complex: int = 0
    dwelling: int = 0
    people: dict[str, int] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def email(self, name: str) -> str:
        """The login of a person."""
        return f"{name.lower()}@corporatie.example"


def build_world(session: Session, now: datetime) -> World:
    """Write the world; the caller commits."""
    world = World()
    desk = Desk(name="Dienstgroep Waterveen", created_at=now)
    session.add(desk)
    session.flush()
    world.desk = desk.id
    world.waterveen = _organisation(session, desk.id, "waterveen", "Wonen Waterveen", "030 123 45 67", now)
    world.linde = _organisation(session, desk.id, "linde", "De Linde", "030 765 43 21", now)
    for name, (waterveen, linde) in PEOPLE.items():
        person = Person(name=f"{name} de Vries", email=world.email(name), password_hash=_HASH, created_at=now)
        person.roles = [Role(organisation_id=world.waterveen, role=role) for role in waterveen]
        person.roles += [Role(organisation_id=world.linde, role=role) for role in linde]
        session.add(person)
        session.flush()
        world.people[name] = person.id
    _rota(session, world)
    _known_gaps(session, world, now)
    _places(session, world)
    session.flush()
    return world


def add_device(session: Session, person_id: int, endpoint: str, now: datetime, **more: object) -> Device:
    """A device with real keys (nobody holds the private one)."""
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    device = Device(
        person_id=person_id, endpoint=endpoint, p256dh=_b64(point), auth=_b64(os.urandom(16)), vapid_key_id="test",
        name="Telefoon", registered_at=now, seen_at=now, **more,
    )
    session.add(device)
    session.flush()
    return device


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _organisation(session: Session, desk: int, slug: str, name: str, number: str, now: datetime) -> int:
    organisation = Organisation(desk_id=desk, slug=slug, name=name, emergency_number=number, created_at=now)
    organisation.office_hours = [OfficeHours(weekday=day, opens=time(8), closes=time(17)) for day in range(5)]
    session.add(organisation)
    session.flush()
    return organisation.id


def _rota(session: Session, world: World) -> None:
    for position, (code, names) in enumerate(
        (("first_line", ("Samira", "Tom")), ("backup", ("Tom", "Samira")), ("day_line", ()))
    ):
        line = Line(desk_id=world.desk, code=code, position=position)
        if names:
            rotation = Rotation(starts_on=date(2026, 11, 23), handoff_time=time(8))  # a Monday
            rotation.members = [
                RotationMember(person_id=world.people[name], position=place) for place, name in enumerate(names)
            ]
            line.rotations = [rotation]
        session.add(line)
        session.flush()
        world.lines[code] = line.id
    for urgency, steps in DEFAULT_POLICY.items():
        for position, step in enumerate(steps):
            session.add(PolicyStep(
                desk_id=world.desk, urgency=urgency, position=position, after_seconds=step.after_seconds, who=step.who,
                via=step.via, unless=step.unless, repeat_every_seconds=step.repeat_every_seconds,
            ))


def _known_gaps(session: Session, world: World, now: datetime) -> None:
    """Nobody has a phone yet, and the coordinator knows: only what breaks after that is news."""
    session.add(GapNotice(
        desk_id=world.desk, reason="no_device", starts_at=now - timedelta(days=30), ends_at=now + timedelta(days=90),
        found_at=now, told_at=now,
    ))


def _places(session: Session, world: World) -> None:
    building = Complex(
        organisation_id=world.waterveen, name="Populierenhof", district="Noord", access="Hoofdingang aan de Populierenlaan",
        keys="Kluis links van de hoofdingang", main_tap="Kelder, ruimte K2, rode kraan", meter_cupboard="Begane grond, hal",
    )
    session.add(building)
    session.flush()
    world.complex = building.id
    home = Dwelling(organisation_id=world.waterveen, complex_id=building.id, postcode="1234AB", house_number=88,
                    street="Populierenlaan", city="Waterveen")
    session.add_all([
        home,
        Dwelling(organisation_id=world.linde, postcode="4321BA", house_number=5, street="Lindeweg", city="Lindedorp"),
        Contact(organisation_id=world.waterveen, group="water", company="Loodgieter Veenkade", phone="030 222 33 44",
                hours="dag en nacht"),
        Contact(organisation_id=world.waterveen, company="Alles-in-een Onderhoud", phone="030 555 66 77", position=9),
    ])
    session.flush()
    world.dwelling = home.id
