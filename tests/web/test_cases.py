"""The tenant's own page: what it says at every stage, what it lets in, and what it keeps to itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tests.builders import World
from tests.fakes import FakeClock
from tests.gateways.test_photos import picture
from tests.steps.engine import HOUSE, Engine
from tests.web.html_forms import form, scripts
from tests.web.test_reporting import URGENT, photo
from webcare_pwa import links
from webcare_pwa.db import Base, Database
from webcare_pwa.models import situations
from webcare_pwa.models.facts import facts_of
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.report import Message, Photo, Report
from webcare_pwa.ports import Inbound
from webcare_pwa.steps import acknowledgement, intake, progress, replies

SECRET = "test-" * 10


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


@pytest.fixture
def engine(database: Database, clock: FakeClock, world: World) -> Engine:
    return Engine(database, clock)


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


def rows(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }


def messages(database: Database) -> list[Message]:
    with database.read() as session:
        return list(session.scalars(select(Message).order_by(Message.id).options(selectinload(Message.photos))))


def incident(database: Database) -> int:
    with database.read() as session:
        return session.scalars(select(Incident.id)).one()


def words(client: FlaskClient, case: str) -> str:
    """The page as read, on one line."""
    answer = client.get(case)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


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


def test_what_he_adds_is_stored_once_and_judged(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, engine: Engine
) -> None:
    case = report(database, clock, world)
    box = form(client.get(case).text, having="text")
    for _ in range(2):
        answer = box.send(client, {"text": "Nu ruik ik ook gas", "photo": photo(picture("JPEG"))})
        assert answer.status_code == 303
        assert answer.location.startswith(case)
    added = messages(database)
    assert [each.text for each in added] == ["Water uit het plafond", "Nu ruik ik ook gas"]
    assert len(added[1].photos) == 1
    engine.tick()
    page = words(client, case)
    assert "Nu ruik ik ook gas" in page
    assert "Ga eerst naar buiten" in page


def test_an_empty_addition_is_asked_for_again(
    client: FlaskClient, database: Database, clock: FakeClock, world: World
) -> None:
    case = report(database, clock, world)
    answer = form(client.get(case).text, having="text").send(client, {"text": "  "})
    assert answer.status_code == 422
    assert "Schrijf iets, of kies een foto" in answer.text
    assert len(messages(database)) == 1


def test_a_bad_photo_alone_is_not_lost_without_a_word(
    client: FlaskClient, database: Database, clock: FakeClock, world: World
) -> None:
    case = report(database, clock, world)
    answer = form(client.get(case).text, having="text").send(client, {"photo": photo(b"niets", "x.jpg")})
    assert answer.status_code == 303
    assert "geen foto die wij kunnen lezen" in words(client, case)


def test_details_only_stores_what_is_new(
    client: FlaskClient, database: Database, clock: FakeClock, world: World
) -> None:
    case = report(database, clock, world, postcode="1234AB", house_number=88, city="Waterveen")
    page = client.get(f"{case}/details").text
    form(page, having="phone").send(client)
    assert len(messages(database)) == 1
    form(page, having="phone").send(client, {"phone": "030 765 43 21", "text": "erger"})
    (_first, added) = messages(database)
    assert added.facts == {"phone": "030 765 4321"}
    assert added.text == "erger"


def test_an_unknown_address_in_the_details_is_stored_once(
    client: FlaskClient, database: Database, clock: FakeClock, world: World
) -> None:
    case = report(database, clock, world, dwelling_id=None, address="", phone="")
    told = {"postcode": "9999ZZ", "house_number": "1"}
    for _ in range(2):
        form(client.get(f"{case}/details").text, having="phone").send(client, told)
    assert len(messages(database)) == 2
    assert "kennen dit adres niet" in words(client, case)


def test_looking_changes_nothing(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, engine: Engine
) -> None:
    case = report(database, clock, world)
    engine.tick()
    before = rows(database)
    for url in (case, f"{case}/details", f"{case}/photos/1"):
        client.get(url)
        client.head(url)
    assert rows(database) == before


@pytest.mark.parametrize("path", ["", "/details"])
def test_the_secret_does_not_leak(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, path: str
) -> None:
    answer = client.get(report(database, clock, world) + path)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert scripts(answer.text) == 0
    assert "csrf" not in answer.text
    assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("wrong", [
    "1-AAAAAAAAAAAAAAAAAAAAAAAA", "1-", "1", "0-x", "x", "999999-AAAAAAAAAAAAAAAAAAAAAAAA", "99999999999999999999-x",
    "é-\u2028", "%00", "-1-x",
])
def test_a_wrong_link_is_a_404_page(
    client: FlaskClient, database: Database, clock: FakeClock, world: World, wrong: str
) -> None:
    report(database, clock, world)
    for method, path in (("GET", ""), ("POST", "/messages"), ("GET", "/details"), ("POST", "/details"),
                         ("GET", "/photos/1")):
        answer = client.open(f"/m/{wrong}{path}", method=method, data={"text": "x"} if method == "POST" else None)
        assert answer.status_code == 404
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert len(messages(database)) == 1


def test_a_link_of_another_report_or_one_taken_back(
    client: FlaskClient, database: Database, clock: FakeClock, world: World
) -> None:
    first, second = report(database, clock, world), report(database, clock, world, key="key-2")
    swapped = "2-" + first.partition("-")[2]
    assert client.get(f"/m/{swapped}").status_code == 404
    with database.write() as session:
        session.get_one(Report, 2).link_version = 2
    assert client.get(second).status_code == 404
    assert client.get(f"/m/{links.case_token(SECRET, 2, 2)}").status_code == 200


def test_photos_of_other_reports_are_not_shown(
    client: FlaskClient, database: Database, clock: FakeClock, world: World
) -> None:
    mine, other = report(database, clock, world), report(database, clock, world, key="key-2")
    form(client.get(mine).text, having="text").send(client, {"photo": photo(picture("JPEG"))})
    with database.read() as session:
        number = session.scalars(select(Photo.id)).one()
    shown = client.get(f"{mine}/photos/{number}")
    assert (shown.mimetype, shown.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert shown.data.startswith(b"\xff\xd8")
    assert client.get(f"{other}/photos/{number}").status_code == 404


def test_the_facts_of_all_messages_together(
    client: FlaskClient, database: Database, clock: FakeClock, world: World
) -> None:
    case = report(database, clock, world, phone="")
    form(client.get(f"{case}/details").text, having="phone").send(client, {"no_phone": "1"})
    with database.read() as session:
        stored = session.scalars(select(Report).options(selectinload(Report.messages))).one()
    assert facts_of(stored).no_phone
