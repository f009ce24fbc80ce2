"""Filling in Melding maken, and what was stored of it."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.builders import World
from tests.web.html_forms import form
from webcare_pwa.db import Database
from webcare_pwa.models.report import Report


def stored(database: Database) -> list[Report]:
    with database.read() as session:
        return list(session.scalars(select(Report).order_by(Report.id).options(selectinload(Report.messages))))


def fill_in(client: FlaskClient, world: World, told: dict[str, object], *, category: str = "lekkage_ernstig") -> str:
    page = client.get(f"/intake?organisation={world.waterveen}&category={category}")
    answer = form(page.text, having="text").send(client, told)
    assert answer.status_code == 303, answer.text
    return answer.location
