"""The incident's page says by itself that it was seen, once per person and round; and shows until when to note something."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.builders import World
from tests.fakes import FakeClock
from tests.web.acting import Browser, rows
from tests.web.night import Night
from webcare_pwa.db import Database
from webcare_pwa.models.incident import Opening
from webcare_pwa.steps import acknowledgement

HTMX = {"HX-Request": "true"}


@pytest.fixture
def night(database: Database, world: World, clock: FakeClock) -> Night:
    night = Night(database, world, clock)
    night.phones("Samira", "Tom")
    return night


def test_the_page_posts_that_it_was_seen_and_asks_no_more(app: Flask, world: World, night: Night) -> None:
    incident, samira = night.report(), Browser(app, world, "Samira")
    assert f'hx-post="/incidents/{incident}/openings"' in samira.sees(incident)
    assert samira.does(incident, "openings").status_code == 204
    assert samira.does(incident, "openings").status_code == 204
    assert [each.person_id for each in rows(night, Opening)] == [world.people["Samira"]]
    assert "/openings" not in samira.sees(incident)


def test_the_form_carries_its_own_csrf_token(app: Flask, world: World, night: Night) -> None:
    incident, samira = night.report(), Browser(app, world, "Samira")
    form = samira.sees(incident).partition("<form hidden")[2].partition("</form>")[0]
    token = form.partition('name="csrf_token" value="')[2].partition('"')[0]
    refused = samira.client.post(f"/incidents/{incident}/openings", headers=HTMX)
    assert refused.status_code >= 400 and rows(night, Opening) == []
    answer = samira.client.post(f"/incidents/{incident}/openings", data={"csrf_token": token}, headers=HTMX)
    assert answer.status_code == 204 and len(rows(night, Opening)) == 1


def test_who_took_it_asleep_is_called_again_and_everybody_sees_why(app: Flask, world: World, night: Night) -> None:
    incident = night.report()
    with night.database.write() as session:
        acknowledgement.acknowledge(session, incident, by=world.people["Samira"], via="notification", token="p",
                                    now=night.clock.moment)
    tom = Browser(app, world, "Tom")
    assert "Werk bij vóór" in tom.sees(incident)
    night.minutes(11)
    assert "Opnieuw opgeroepen: niet geopend" in tom.sees(incident)
    assert "Opnieuw opgeroepen: niet geopend" in tom.client.get("/nu").text


def test_the_owner_sees_until_when_to_note_something(app: Flask, world: World, night: Night) -> None:
    incident = night.report()
    night.takes("Samira", incident)
    samira = Browser(app, world, "Samira")
    assert "Werk bij vóór <b>02:40</b>" in samira.client.get("/nu").text
    assert "Werk bij vóór <b>02:40</b>" in samira.sees(incident)
