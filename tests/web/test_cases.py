"""The tenant's own page: what it says in each stage."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.engine import HOUSE, Engine
from tests.web.tenant_page import report, words
from webcare_pwa.db import Database
from webcare_pwa.models import situations
from webcare_pwa.models.incident import Incident
from webcare_pwa.steps import acknowledgement, progress, replies


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


@pytest.fixture
def engine(database: Database, clock: FakeClock, world: World) -> Engine:
    return Engine(database, clock)


def incident(database: Database) -> int:
    with database.read() as session:
        return session.scalars(select(Incident.id)).one()


def test_before_anybody_looked_it_says_stored_and_no_more(
    client: FlaskClient, database: Database, clock: FakeClock, world: World
) -> None:
    page = words(client, report(database, clock, world))
    assert "Opgeslagen" in page
    assert "nog beoordelen" in page
    for comfort in ("onderweg", "wij kijken er nu naar", "Opgepakt"):
        assert comfort not in page
    assert 'href="tel:0301234567"' in page
    assert "Water uit het plafond" in page


def test_nobody_has_it_yet_and_it_says_so(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, engine: Engine
) -> None:
    case = report(database, clock, world)
    engine.tick()
    page = words(client, case)
    assert "Nog niet opgepakt" in page
    assert "Nog niemand heeft uw melding opgepakt" in page
    assert "voor 02:40 antwoord" in page
    assert "Uw melding is opgeslagen onder nummer 1" in page
    assert "Your report is stored as number 1" in page


def test_the_missed_time_is_said_plainly(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, engine: Engine
) -> None:
    case = report(database, clock, world)
    engine.tick()
    clock.move(minutes=31)
    page = words(client, case)
    assert "Dat is niet gelukt" in page
    assert "Bel 030 123 45 67" in page


def test_accepted_promised_late_and_closed(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, engine: Engine
) -> None:
    case = report(database, clock, world)
    engine.tick()
    samira, number = world.people["Samira"], incident(database)
    with database.write() as session:
        acknowledgement.acknowledge(session, number, by=samira, via="screen", token="a", now=clock.moment)
    assert "Samira heeft uw melding opgepakt" in words(client, case)
    with database.write() as session:
        progress.record(session, number, "contractor_accepted", by=samira, party="Loodgieter Veenkade", note="geheim",
                        promised_at=clock.moment + timedelta(minutes=50), token="b", now=clock.moment)
        progress.record(session, number, "note", by=samira, note="huurder is boos", token="c", now=clock.moment)
    page = words(client, case)
    assert "Loodgieter Veenkade heeft de opdracht aangenomen" in page
    assert "03:00" in page
    assert "Dit is een verwachting" in page
    assert "geheim" not in page
    assert "boos" not in page
    clock.move(minutes=55)
    late = words(client, case)
    assert "Later dan verwacht" in late
    assert "De verwachte tijd was 03:00" in late
    with database.write() as session:
        progress.close(session, number, "solved", by=samira, note="koppeling vast", token="d", now=clock.moment)
    closed = words(client, case)
    assert "Afgesloten: opgelost" in closed
    assert "koppeling" not in closed


@pytest.mark.parametrize(("kind", "said"), [
    ("part_recorded", "Er is een onderdeel nodig"),
    ("repair_reported_done", "Gerepareerd"),
    ("made_safe_recorded", "Veilig gemaakt"),
    ("contractor_no_access_recorded", "Er werd niet opengedaan"),
    ("staff_dispatched", "Wij weten nog geen tijd"),
    ("contractor_called", "Opgepakt"),
])
def test_every_kind_of_work_has_its_words(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, engine: Engine, kind: str, said: str
) -> None:
    case = report(database, clock, world)
    engine.tick()
    with database.write() as session:
        acknowledgement.acknowledge(session, incident(database), by=world.people["Samira"], via="screen", token="a",
                                    now=clock.moment)
        progress.record(session, incident(database), kind, by=world.people["Samira"], token="b", now=clock.moment)
    assert said in words(client, case)


def test_not_urgent_waits_for_the_working_day(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, engine: Engine
) -> None:
    case = report(database, clock, world, answers={"leak_held": "held", "water_at_power": "no", "ceiling_falling": "no"})
    engine.tick()
    page = words(client, case)
    assert "maandag 30 november" in page
    assert "Dit is geen spoed" in page


def test_danger_stands_on_top_until_it_is_closed(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, engine: Engine
) -> None:
    case = report(database, clock, world, danger=True)
    assert "Ga eerst naar buiten" in words(client, case)
    engine.tick()
    page = words(client, case)
    assert page.index("Ga eerst naar buiten") < page.index("Nog niet opgepakt")
    with database.write() as session:
        progress.close(session, incident(database), "solved", by=world.people["Samira"], note="", token="d",
                       now=clock.moment)
    assert 'aria-label="Doe dit nu"' not in words(client, case)


@pytest.mark.parametrize("taken_up", [False, True])
def test_who_speaks_of_suicide_reads_of_help_and_not_of_gas(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, engine: Engine, taken_up: bool
) -> None:
    case = report(database, clock, world, text="ik maak er een eind aan, ik wil dood")
    if taken_up:
        engine.tick()
    page = words(client, case)
    assert "0800-0113" in page
    assert "Ga eerst naar buiten" not in page


def test_our_replies_stand_there_in_both_languages_and_only_those_to_him(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, engine: Engine
) -> None:
    case = report(database, clock, world)
    engine.tick()
    with database.write() as session:
        case_now = situations.load(session, incident(database), frozenset({world.waterveen}), now=clock.moment,
                                  rulebook=HOUSE.rulebook)
        replies.queue(session, case_now, template="", text_nl="De loodgieter komt.", text_en="The plumber is coming.",
                      by=world.people["Samira"], kind="free", token="r", now=clock.moment, house=HOUSE)
    page = words(client, case)
    assert "De loodgieter komt." in page
    assert 'lang="en">The plumber is coming.' in page
    assert "Samira" in page
    assert "de Vries" not in page
