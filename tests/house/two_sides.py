"""Two organisations that share nothing, each with one person per role and one of everything that has a number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import add_device
from tests.steps.engine import HOUSE
from webcare_pwa import links
from webcare_pwa.db import Base, Database
from webcare_pwa.models import situations
from webcare_pwa.models.incident import IncidentReport
from webcare_pwa.models.person import Person, Role
from webcare_pwa.models.report import Photo, Report
from webcare_pwa.models.rota import Override, Rotation, RotationMember
from webcare_pwa.ports import Inbound, InboundPhoto
from webcare_pwa.rules.access import ROLES
from webcare_pwa.steps import acknowledgement, contact_methods, feeds, founding, intake, replies, tokens, transfer, triage

UNWATCHED = {"heartbeats", "audit"}  # a refused act may be written down


@dataclass
class Side:
    """One organisation: the person of each role, and the number of one of everything."""

    slug: str
    organisation: int = 0
    people: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)  # by the name of the argument in the address
    case_token: str = ""


def build(session: Session, slug: str, now: datetime) -> Side:
    """One side, through the real steps where there are any."""
    side = Side(slug)
    desk = founding.desk(session, f"Dienst {slug}", now=now)
    side.organisation = founding.organisation(
        session, desk_id=desk.id, slug=slug, name=f"Wonen {slug}", number="030 123 45 67",
        hours={day: (time(8), time(17)) for day in range(5)}, now=now,
    ).id  # fmt: skip
    for role in ROLES:
        side.people[role] = _person(session, side, role, role, now)
    colleague = _person(session, side, "collega", "duty", now)
    line = desk.lines[0]
    line.rotations.append(Rotation(starts_on=date(2026, 11, 23), handoff_time=time(8)))
    line.rotations[0].members = [RotationMember(person_id=side.people["duty"], position=0)]
    override = Override(
        line_id=line.id, person_id=side.people["duty"], starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2),
        created_by_id=side.people["coordinator"], created_at=now,
    )  # fmt: skip
    session.add(override)
    session.flush()
    token, _ = tokens.create(
        session, side.organisation, "Callcenter", organisations=frozenset({side.organisation}), by=None, now=now
    )
    device = add_device(session, side.people["duty"], f"https://fcm.googleapis.com/{slug}", now)
    method = contact_methods.add(
        session, side.people["duty"], "mail", {"email": f"duty@{slug}.example"}, offered=("mail",), now=now
    )
    feed, _ = feeds.make(session, side.people["duty"], None, organisations=frozenset({side.organisation}), now=now)
    side.numbers = {
        "feed_id": feed.id, "method_id": method.id, "line_id": line.id, "override_id": override.id, "token_id": token.id,
        "device_id": device.id, "person_id": colleague, "desk_id": desk.id,
    }  # fmt: skip
    _case(session, side, colleague, now)
    return side


def _person(session: Session, side: Side, name: str, role: str, now: datetime) -> int:
    person = Person(name=f"{name} {side.slug}", email=f"{name}@{side.slug}.example", password_hash="none", created_at=now)
    person.roles = [Role(organisation_id=side.organisation, role=role)]
    session.add(person)
    session.flush()
    return person.id


def _case(session: Session, side: Side, colleague: int, now: datetime) -> None:
    """A leak with a photo that the duty took, answered, and offers to a colleague."""
    duty = side.people["duty"]
    report = intake.receive(session, Inbound(
        organisation_id=side.organisation, channel="web", external_id="r", raw="{}", text=f"Lek {side.slug}",
        facts={"category": "lekkage_ernstig", "name": f"huurder {side.slug}"}, photos=(InboundPhoto(b"jpeg", 1, 1),),
    ), now=now)  # fmt: skip
    triage.take_up_waiting(session, now=now, house=HOUSE)
    incident = session.scalars(select(IncidentReport.incident_id).where(IncidentReport.report_id == report.id)).one()
    acknowledgement.acknowledge(session, incident, by=duty, via="screen", token="a", now=now)
    walls = frozenset({side.organisation})
    case = situations.load(session, incident, walls, now=now, rulebook=HOUSE.rulebook)
    replies.queue(
        session, case, template="", text_nl="Wij bellen.", text_en="", by=duty, kind="free", token="r", now=now, house=HOUSE
    )
    offered = transfer.hand_on(session, incident, by=duty, to=colleague, note="", token="t", now=now)
    side.numbers |= {
        "incident_id": incident, "transfer_id": offered.id,
        "photo_id": session.scalars(select(Photo.id).order_by(Photo.id.desc())).first() or 0,
    }  # fmt: skip
    stored = session.get_one(Report, report.id)
    side.case_token = links.case_token(HOUSE.secret_key, stored.id, stored.link_version)


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables that matter."""
    with database.read() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
            if table.name not in UNWATCHED
        }
