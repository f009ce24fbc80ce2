"""Filling in the public form as a browser would, and what was stored of it."""

from __future__ import annotations

import io

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import selectinload, undefer

from tests.web.html_forms import form
from webcare_pwa.db import Database
from webcare_pwa.models.facts import facts_of
from webcare_pwa.models.report import Message, Report
from webcare_pwa.rules.facts import ReportFacts

LEAK = "/melden/waterveen/wat/lekkage_ernstig"
URGENT = {"q-water_at_power": "no", "q-ceiling_falling": "no", "q-leak_held": "no"}  # spoed
NOT_URGENT = {**URGENT, "q-leak_held": "held"}  # werkdag


def stored(database: Database) -> list[Report]:
    with database.read() as session:
        return list(session.scalars(select(Report).order_by(Report.id).options(
            selectinload(Report.messages).options(selectinload(Message.photos), undefer(Message.raw)))))


def only(database: Database) -> tuple[Message, ReportFacts]:
    reports = stored(database)
    assert len(reports) == 1
    assert len(reports[0].messages) == 1
    return reports[0].messages[0], facts_of(reports[0])


def fill_in(client: FlaskClient, url: str = LEAK, **told: object) -> str:
    """Open the form, fill it in, send it; returns where it led to."""
    answer = form(client.get(url).text, having="postcode").send(client, told)
    assert answer.status_code == 303, answer.text
    return answer.location


def photo(raw: bytes, name: str = "foto.jpg") -> tuple[io.BytesIO, str]:
    return io.BytesIO(raw), name
