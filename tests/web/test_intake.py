"""Melding maken: from the first question to the number, with the keyboard, and what the address search shows."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.engine import Engine
from tests.web.html_forms import form
from tests.web.intake_form import fill_in, stored
from tests.web.login import login
from tests.web.public_form import NOT_URGENT, URGENT
from webcare_pwa.db import Database
from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.models.facts import facts_of
from webcare_pwa.ports import Inbound
from webcare_pwa.steps import intake


def test_a_call_from_question_to_number(
    client: FlaskClient, world: World, database: Database, clock: FakeClock
) -> None:
    login(client, world, "Olga")
    location = fill_in(client, world, {**URGENT, "text": "Het water loopt door de lamp heen", "q-water_at_power": "off",
                                       "find": "populierenlaan 88", "phone": "0612345678", "name": "M. Jansen"})
    (report,) = stored(database)
    facts = facts_of(report)
    assert (report.channel, report.taken_by_id) == ("phone", world.people["Olga"])
    assert (facts.dwelling_id, facts.phone, facts.name) == (world.dwelling, "06 12345678", "M. Jansen")
    page = client.get(location).text
    assert f"Melding {report.id} is opgeslagen" in page
    assert "Naar incident" not in page
    assert "/m/1-" in page
    Engine(database, clock).tick()
    assert "Naar incident 1" in client.get(location).text


def test_what_to_read_out_stands_above_the_questions(client: FlaskClient, world: World) -> None:
    login(client, world, "Olga")
    for url in ("/intake?category=gaslucht", "/intake/questions?category=gaslucht"):
        page = client.get(url).text
        assert page.index("Lees dit eerst voor") < page.index("Ga eerst naar buiten") < page.index("Waar ruikt u gas?")


def test_the_fragment_is_one_element_that_carries_the_choice(client: FlaskClient, world: World) -> None:
    login(client, world, "Olga")
    fragment = client.get(f"/intake/questions?category=lift_defect&organisation={world.linde}",
                          headers={"HX-Request": "true"}).text.strip()
    assert fragment.startswith('<div id="questions"')
    assert fragment.endswith("</div>")
    assert "<html" not in fragment
    assert f'name="organisation" value="{world.linde}"' in fragment
    assert 'name="category" value="lift_defect"' in fragment
    assert "(030 765 43 21)" not in fragment


def test_keyboard_only(client: FlaskClient, world: World) -> None:
    login(client, world, "Olga")
    page = client.get("/intake").text
    assert page.count("autofocus") == 1
    assert re.search(r'<select[^>]*name="organisation"[^>]*autofocus', page)
    keys = re.findall(r'accesskey="(\w)"', page)
    assert len(keys) == len(set(keys)) == 5
    assert "tabindex" not in page
    labelled = set(re.findall(r'<label for="([^"]+)"', page))
    fields = set(re.findall(r'<(?:input|select|textarea) class="in" id="([^"]+)"', page))
    assert fields <= labelled


def test_search_as_you_type_stays_within_the_walls(client: FlaskClient, world: World) -> None:
    login(client, world, "Kees")
    for typed in ("popu", "Populierenlaan 88", "1234ab", "1234 AB 88"):
        assert "Populierenlaan 88, 1234AB Waterveen" in client.get("/intake/nearby", query_string={"find": typed}).text
    for typed in ("lindeweg", "4321BA", "p", "%", "_opulieren", ""):
        assert "<legend>" not in client.get("/intake/nearby", query_string={"find": typed}).text
    other = client.get("/intake/nearby", query_string={"find": "lindeweg", "organisation": str(world.linde)})
    assert "Lindeweg" not in other.text


def test_a_dwelling_of_another_organisation_is_not_shown_by_its_id(
    client: FlaskClient, world: World, database: Database
) -> None:
    with database.read() as session:
        other = session.scalars(select(Dwelling.id).where(Dwelling.organisation_id == world.linde)).one()
    login(client, world, "Kees")
    assert "Lindeweg" not in client.get(f"/intake/nearby?dwelling={other}").text
    for strange in ("0", "-1", "99999999999999999999", "x"):
        assert client.get(f"/intake/nearby?dwelling={strange}").status_code == 200


def test_reports_nearby_of_the_last_day_are_shown(
    client: FlaskClient, world: World, database: Database, clock: FakeClock
) -> None:
    with database.write() as session:
        neighbour = Dwelling(organisation_id=world.waterveen, complex_id=world.complex, postcode="1234AB",
                             house_number=90, street="Populierenlaan", city="Waterveen")
        session.add(neighbour)
        session.flush()
        for key, home, moment in (("a", world.dwelling, clock.moment), ("b", neighbour.id, clock.moment),
                                  ("c", None, clock.moment)):
            intake.receive(session, Inbound(world.waterveen, "web", key, "raw", facts={
                "category": "lekkage_klein", "dwelling_id": home, "address": f"adres {key}"}), now=moment)
    login(client, world, "Olga")
    page = client.get("/intake/nearby?find=Populierenlaan 88").text
    assert "Al gemeld in de laatste 24 uur" in page
    assert "melding 1: Kleine lekkage of druppelende kraan, deze woning" in page
    assert "melding 2: Kleine lekkage of druppelende kraan, adres b" in page
    assert "melding 3" not in page
    clock.move(hours=25)
    assert "Al gemeld" not in client.get("/intake/nearby?find=Populierenlaan 88").text


def test_the_address_decides_when_no_organisation_was_chosen(
    client: FlaskClient, world: World, database: Database
) -> None:
    login(client, world, "Olga")
    page = form(client.get("/intake?category=lekkage_ernstig").text, having="text")
    refused = page.send(client, {**NOT_URGENT, "text": "lek"})
    assert refused.status_code == 422
    assert "Kies de corporatie" in refused.text
    again = form(refused.text, having="text")
    assert (again.values["text"], again.values["category"]) == ("lek", "lekkage_ernstig")
    assert again.send(client, {"organisation": str(world.waterveen)}).status_code == 303
    assert page.send(client, {"text": "lek", "find": "Populierenlaan 88", "no_phone": "1",
                              "client_token": "a-third-token"}).status_code == 303
    assert page.send(client, {"text": "koud", "find": "4321ba 5", "client_token": "another-token"}).status_code == 303
    assert [each.organisation_id for each in stored(database)] == [world.waterveen, world.waterveen, world.linde]


def test_several_dwellings_are_offered_and_none_is_forced(
    client: FlaskClient, world: World, database: Database
) -> None:
    with database.write() as session:
        for suffix in ("1", "2"):
            session.add(Dwelling(organisation_id=world.waterveen, postcode="1234CD", house_number=7, suffix=suffix,
                                 street="Kadeweg", city="Waterveen"))
    login(client, world, "Olga")
    page = client.get("/intake/nearby?find=kadeweg 7").text
    assert page.count('type="radio"') == 2
    fill_in(client, world, {**NOT_URGENT, "find": "kadeweg 7"})
    assert facts_of(stored(database)[0]).address == "Kadeweg 7"


@pytest.mark.parametrize("name", ["Samira", "Pieter", "Carla", "Olga", "Kees"])
def test_who_may(client: FlaskClient, world: World, name: str) -> None:
    login(client, world, name)
    assert client.get("/intake").status_code == 200


@pytest.mark.parametrize("name", ["Ed", "Ada"])
def test_who_may_not(client: FlaskClient, world: World, name: str) -> None:
    token = login(client, world, name)
    assert client.get("/intake").status_code == 403
    assert client.post("/intake", data={"csrf_token": token, "text": "lek"}).status_code == 403
