"""A report of a tenant, and the rows and words of his own page."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.builders import World
from tests.fakes import FakeClock
from tests.web.public_form import URGENT
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.models.report import Message
from webcare_pwa.ports import Inbound
from webcare_pwa.steps import intake

SECRET = "test-" * 10


def report(
    database: Database, clock: FakeClock, world: World, *, text: str = "Water uit het plafond", key: str = "key-1",
    **facts: object,
) -> str:
    """Store a report; returns the address of its page. Urgent, without danger, unless told otherwise."""
    answers = {name.removeprefix("q-"): code for name, code in URGENT.items()}
    told = {"category": "lekkage_ernstig", "answers": answers, "dwelling_id": world.dwelling,
            "address": "Populierenlaan 88", "phone": "06 12345678", **facts}
    with database.write() as session:
        stored = intake.receive(session, Inbound(world.waterveen, "web", key, "raw", text, told), now=clock.moment)
    return f"/m/{links.case_token(SECRET, stored.id, 1)}"


def messages(database: Database) -> list[Message]:
    with database.read() as session:
        return list(session.scalars(select(Message).order_by(Message.id).options(selectinload(Message.photos))))


def words(client: FlaskClient, case: str) -> str:
    """The page as read, on one line."""
    answer = client.get(case)
    assert answer.status_code == 200
    return " ".join(answer.text.split())
