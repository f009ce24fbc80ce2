"""Short ways to a case in a test: devices for everybody, a report of a wanted urgency, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from tests.builders import World, add_device
from webcare_pwa import rulebook
from webcare_pwa.db import Database
from webcare_pwa.models import situations
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.situation import Situation
from webcare_pwa.ports import Inbound, PushJob
from webcare_pwa.steps import intake

SPOED = {"category": "deur_niet_afsluitbaar", "answers": {}, "email": "huurder@post.example"}
NOODGEVAL = {"category": "gaslucht", "email": "huurder@post.example"}
WERKDAG = {"category": "lekkage_klein", "answers": {"leak_held": "held"}, "email": "huurder@post.example"}


def give_phones(database: Database, world: World, now: datetime, *names: str) -> None:
    """One phone each."""
    with database.write() as session:
        for name in names:
            add_device(session, world.people[name], f"https://fcm.googleapis.com/{name}", now)


def send_report(
    database: Database, world: World, now: datetime, facts: Mapping[str, object] = SPOED, text: str = "", key: str = "r1"
) -> int:
    """Store a report for Waterveen; returns its number."""
    inbound = Inbound(world.waterveen, "api", key, text, text, dict(facts))
    with database.write() as session:
        return intake.receive(session, inbound, now=now).id


def add_message(database: Database, report_id: int, now: datetime, text: str, key: str = "a1", **facts: object) -> None:
    """Something the tenant adds."""
    with database.write() as session:
        intake.add(session, report_id, external_id=key, raw=text, text=text, facts=facts, now=now)


def only_case(database: Database, world: World, now: datetime) -> Situation:
    """The situation of the one incident there is."""
    with database.read() as session:
        number = session.scalars(select(Incident.id)).one()
        return situations.load(session, number, frozenset({world.waterveen}), now=now, rulebook=rulebook.load())


def names(jobs: list[PushJob]) -> list[str]:
    """Who was pushed to, in order."""
    return [job.endpoint.rpartition("/")[2] for job in jobs]


def about_cases(jobs: list[PushJob]) -> list[PushJob]:
    """Only the pages about an incident: not the rehearsals and questions that a shift brings along."""
    return [job for job in jobs if json.loads(job.payload)["notification"]["data"]["incident"] is not None]
