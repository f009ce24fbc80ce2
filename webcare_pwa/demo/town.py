"""The invented world of the demo: corporations, people, rota, complexes with dwellings, contact lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from sqlalchemy.orm import Session

from webcare_pwa import passwords
from webcare_pwa.demo.book import Calendar
from webcare_pwa.models.dwelling import Complex, Contact, Dwelling
from webcare_pwa.models.person import Person, Role
from webcare_pwa.models.rota import Desk, Rotation, RotationMember
from webcare_pwa.rules import hours_text
from webcare_pwa.steps import founding

HANDOFF = time(8)
EMAIL = "{who}@waterveen.example"


@dataclass
class Town:
    """Ids by the names the book uses."""

    organisations: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    homes: dict[str, Dwelling] = field(default_factory=dict)


def build(session: Session, book: dict[str, Any], calendar: Calendar, *, now: datetime) -> Town:
    """Write the world."""
    town = Town()
    desk = founding.desk(session, book["desk"], now=now)
    for slug, each in book["organisations"].items():
        made = founding.organisation(
            session, desk_id=desk.id, slug=slug, name=each["name"], number=each["number"],
            hours=hours_text.parse(each["hours"]), now=now,
        )  # fmt: skip
        town.organisations[slug] = made.id
    _people(session, book, town, now)
    _rota(book["rota"], desk, town, calendar)
    _places(session, book, town)
    session.flush()
    return town


def _people(session: Session, book: dict[str, Any], town: Town, now: datetime) -> None:
    password_hash = passwords.make_hash(book["password"])
    for who, each in book["people"].items():
        person = Person(
            name=each["name"], email=EMAIL.format(who=who), phone=each["phone"], password_hash=password_hash, created_at=now
        )
        person.roles = [
            Role(organisation_id=organisation, role=role)
            for slug, organisation in town.organisations.items()
            for role in (*each["both"], *each.get(slug, ()))
        ]
        session.add(person)
        session.flush()
        town.people[who] = person.id


def _rota(rota: dict[str, list[str]], desk: Desk, town: Town, calendar: Calendar) -> None:
    for line in desk.lines:
        names = rota[line.code]
        if names:
            rotation = Rotation(starts_on=calendar.first_handoff(len(names)), handoff_time=HANDOFF)
            rotation.members = [RotationMember(person_id=town.people[name], position=place) for place, name in enumerate(names)]
            line.rotations.append(rotation)


def _places(session: Session, book: dict[str, Any], town: Town) -> None:
    for each in book["complexes"]:
        notes = ("name", "district", "access", "keys", "main_tap", "meter_cupboard")
        building = Complex(organisation_id=town.organisations[each["organisation"]], **{note: each[note] for note in notes})
        session.add(building)
        session.flush()
        for row in each["homes"]:
            for number in range(row["from"], row["to"] + 1, row["step"]):
                _home(session, town, building, row, number)
    for organisation in town.organisations.values():
        for position, each in enumerate(book["contacts"]):
            session.add(Contact(organisation_id=organisation, position=position, **each))


def _home(session: Session, town: Town, building: Complex, row: dict[str, Any], number: int) -> None:
    home = Dwelling(
        organisation_id=building.organisation_id, complex_id=building.id, postcode=row["postcode"], house_number=number,
        street=row["street"], city=row["city"],
    )  # fmt: skip
    session.add(home)
    town.homes[home.address] = home
