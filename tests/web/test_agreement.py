"""The duty agreement: every line of it comes from a row, and everybody may read it."""

from __future__ import annotations

import re
from datetime import time

from flask.testing import FlaskClient
from sqlalchemy import delete, select

from tests.builders import World
from webcare_pwa.db import Database
from webcare_pwa.models.organisation import OfficeHours, Organisation
from webcare_pwa.models.rota import PolicyStep


def page_of(client: FlaskClient, slug: str) -> str:
    answer = client.get(f"/afspraken/{slug}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_what_was_agreed_is_written_down(client: FlaskClient, world: World) -> None:
    page = page_of(client, "waterveen")
    for sentence in (
        "Bel 030 123 45 67",
        "maandag 08:00 tot 17:00",
        "zaterdag gesloten, de dienst neemt waar",
        "vrijdag 25 december 2026: Eerste kerstdag",
        "maandag 29 maart 2027: Tweede paasdag",
        "Noodgeval aangenomen binnen 2 minuten antwoord van een medewerker binnen 15 minuten iemand ter plaatse binnen 2 uur",
        "Spoed aangenomen binnen 5 minuten antwoord van een medewerker binnen 30 minuten iemand ter plaatse binnen 24 uur",
        "Volgende werkdag antwoord van een medewerker de volgende werkdag",
        "Meteen: eerste lijn",
        "Na 1 minuut: eerste lijn, opnieuw",
        "Na 8 minuten: iedereen van de dienst, en dan elke 5 minuten opnieuw",
        "Na 15 minuten: iedereen van de dienst, en dan elke 10 minuten opnieuw",
        "Heeft niemand het na 30 minuten opgepakt",
        "Noodgeval na 10 minuten",
        "Spoed na 30 minuten",
    ):
        assert sentence in page
    assert "Na 30 seconden" not in page  # that step has no way of its own yet, so it is not promised


def test_it_follows_the_rows(client: FlaskClient, world: World, database: Database) -> None:
    with database.write() as session:
        organisation = session.get_one(Organisation, world.linde)
        organisation.channels_note = "Ook via WhatsApp."
        monday = select(OfficeHours).where(OfficeHours.organisation_id == world.linde, OfficeHours.weekday == 0)
        session.scalars(monday).one().closes = time(18, 30)
        session.execute(delete(PolicyStep).where(PolicyStep.who == "coordinator"))
        backup = select(PolicyStep).where(PolicyStep.who == "backup", PolicyStep.urgency == "noodgeval")
        session.scalars(backup).one().after_seconds = 90
    page = page_of(client, "linde")
    assert "maandag 08:00 tot 18:30" in page
    assert "030 765 43 21" in page
    assert "Ook via WhatsApp." in page
    assert "Na 90 seconden: achterwacht" in page
    assert "aangenomen binnen 90 seconden" in page
    assert "minuten: coördinator" not in page


def test_it_names_nobody_and_needs_no_login(client: FlaskClient, world: World) -> None:
    page = page_of(client, "waterveen")
    assert not any(name in page for name in world.people)
    assert not client.get("/afspraken/waterveen").headers.getlist("Set-Cookie")


def test_an_unknown_organisation(client: FlaskClient, world: World) -> None:
    assert client.get("/afspraken/nergens").status_code == 404
