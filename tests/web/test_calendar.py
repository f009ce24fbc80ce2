"""The month, the week, and who is on at a moment asked."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.web.login import login
from webcare_pwa.db import Database
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.person import Person
from webcare_pwa.models.rota import Desk, Line
from webcare_pwa.models.rota_changes import Absence
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps import planning


def text_of(html: str) -> str:
    """The words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def day(page: str, date: str) -> str:
    """The words of one day."""
    found = re.search(rf'<li class="day[^"]*" id="d{date}">(.*?)</li>', page, re.DOTALL)
    assert found, date
    return text_of(found[1])


def phones(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        for who in ("Samira", "Tom", "Pieter"):
            add_device(session, world.people[who], f"https://push.example/{who}", clock.moment)


def move(database: Database, world: World, line: str, who: str, starts: str, ends: str) -> None:
    with database.write() as session:
        planning.move_shift(session, world.lines[line], world.people[who], parse(starts), parse(ends),
                            by=world.people["Carla"], now=parse("2026-11-27T12:00"))  # fmt: skip


def test_a_month(client: FlaskClient, world: World, database: Database, clock: FakeClock) -> None:
    phones(database, world, clock)
    login(client, world, "Samira")
    page = client.get("/rota/calendar").text
    assert "November 2026" in page
    assert page.count('<li class="day') == 42  # whole weeks, from Monday 26 October
    assert page.count('<li class="day out') == 42 - 30
    assert day(page, "2026-11-28") == "za 28 nov vandaag Eerste lijn ik Achterwacht Tom"
    assert "Eerste lijn ik tot 08:00 Eerste lijn Tom vanaf 08:00" in day(page, "2026-11-30")
    mine = text_of(page.partition('id="h-mine"')[2].partition("</section>")[0])
    assert "Eerste lijn ma 23 nov 08:00 tot ma 30 nov 08:00 Achterwacht ma 30 nov 08:00 tot ma 7 dec 08:00" in mine
    assert page.index('id="h-mine"') < page.index('id="h-days"')  # my shifts first
    for other in ("2026-10", "2026-12", "2026-W48"):
        assert f'href="/rota/calendar/{other}"' in page
    assert "Eerste kerstdag" in day(client.get("/rota/calendar/2026-12").text, "2026-12-25")


def test_a_week(client: FlaskClient, world: World) -> None:
    login(client, world, "Tom")
    page = client.get("/rota/calendar/week").text
    assert "Week 48 van 2026" in page
    assert page.count('<li class="day') == 7
    assert 'href="/rota/calendar/2026-W47"' in page
    assert 'href="/rota/calendar/2026-W49"' in page
    assert 'href="/rota/calendar/2026-11"' in page
    assert "klok een uur terug" in day(client.get("/rota/calendar/2026-W43").text, "2026-10-25")
    assert "klok een uur vooruit" in day(client.get("/rota/calendar/2026-W13").text, "2026-03-29")


def test_gaps_double_duty_and_what_was_moved(client: FlaskClient, world: World, database: Database, clock: FakeClock) -> None:
    phones(database, world, clock)
    move(database, world, "backup", "Samira", "2026-11-28T20:00", "2026-11-29T06:00")
    move(database, world, "first_line", "Pieter", "2026-12-02T08:00", "2026-12-02T12:00")
    login(client, world, "Carla")
    page = client.get("/rota/calendar").text
    assert day(page, "2026-11-28").count("dubbele dienst") == 2
    assert "dubbele dienst" not in day(page, "2026-11-27")
    assert "Samira, eerste lijn en achterwacht: za 28 nov 20:00 tot zo 29 nov 06:00" in text_of(page)
    assert "Gat vanaf 17:00 niemand ingepland" in day(page, "2026-11-20")  # before the rota began
    assert "gat" not in text_of(page.partition('id="h-look"')[2].partition('id="h-days"')[0]).lower()  # over and done with
    assert "Eerste lijn Pieter 08:00–12:00 gewisseld" in day(client.get("/rota/calendar/2026-12").text, "2026-12-02")


def test_who_cannot_be_woken_is_told_red(client: FlaskClient, world: World) -> None:
    login(client, world, "Carla")
    page = client.get("/rota/calendar").text
    assert "Eerste lijn Samira niet te wekken" in day(page, "2026-11-28")
    words = text_of(page)
    assert "niet te wekken" not in day(page, "2026-11-26")  # yesterday it mattered, now nothing can be done
    assert "2 gaten in het rooster , eerste lijn vr 27 nov 17:00 tot ma 30 nov 08:00: geen toestel dat wekt" in words


def test_a_hole_of_nobody_allowed(client: FlaskClient, world: World, database: Database, clock: FakeClock) -> None:
    phones(database, world, clock)
    with database.write() as session:
        session.get_one(Person, world.people["Tom"]).disabled_at = clock.moment
    login(client, world, "Samira")
    page = client.get("/rota/calendar/2026-12").text
    assert "Gat vanaf 17:00 wie is ingepland, mag geen dienst doen: Tom" in day(page, "2026-12-02")
    assert "Achterwacht mag geen dienst doen: Tom" in day(page, "2026-12-12")


def test_leave_and_a_line_with_a_name(client: FlaskClient, world: World, database: Database, clock: FakeClock) -> None:
    phones(database, world, clock)
    with database.write() as session:
        session.get_one(Line, world.lines["backup"]).name = "Tweede telefoon"
        for who in ("Tom", "Pieter"):
            session.add(Absence(person_id=world.people[who], starts_at=parse("2026-12-01T12:00"), created_at=clock.moment,
                                ends_at=parse("2026-12-02T12:00"), created_by_id=world.people["Carla"]))  # fmt: skip
    login(client, world, "Samira")
    page = client.get("/rota/calendar/2026-12").text
    assert day(page, "2026-12-01") == (
        "di 1 dec Eerste lijn Tom tot 12:00 Gat vanaf 17:00 wie is ingepland, heeft verlof: Tom Tweede telefoon ik "
        "Met verlof: Pieter, Tom")
    assert "Met verlof" in day(page, "2026-12-02")
    assert "verlof" not in day(page, "2026-12-03")
    assert "Tweede telefoon: Samira" in text_of(client.get("/rota/who?date=2026-12-01&time=10:00").text)


@pytest.mark.parametrize("path", ["2026-13", "nu", "2026-W54", "1900-01", "2026-11/99"])
def test_what_is_no_calendar(client: FlaskClient, world: World, path: str) -> None:
    login(client, world, "Samira")
    assert client.get(f"/rota/calendar/{path}").status_code == 404


def test_two_desks(client: FlaskClient, world: World, database: Database, clock: FakeClock) -> None:
    with database.write() as session:
        desk = Desk(name="Dienstgroep Linde", created_at=clock.moment)
        session.add(desk)
        session.flush()
        session.add(Line(desk_id=desk.id, code="first_line"))
        session.get_one(Organisation, world.linde).desk_id = desk.id
        other = desk.id
    login(client, world, "Samira")
    page = client.get(f"/rota/calendar/2026-11/{other}").text
    assert f'href="/rota/calendar/2026-12/{other}"' in page
    assert f'href="/rota/calendar/2026-11/{world.desk}"' in page
    assert "U heeft geen dienst." in page
    assert "Dienstgroep Linde" in text_of(client.get("/rota/who").text)


def test_who_is_on(client: FlaskClient, world: World) -> None:
    login(client, world, "Kees")
    now = text_of(client.get("/rota/who").text)
    assert "Zaterdag 28 november 2026, 02:10 uur (nu)" in now
    assert "Eerste lijn: Samira de Vries tot ma 30 nov 08:00, daarna Tom de Vries" in now
    assert "Daglijn: niemand niet ingepland" in now
    later = text_of(client.get("/rota/who?date=2026-11-30&time=08:00").text)
    assert "Maandag 30 november 2026, 08:00 uur" in later
    assert "Eerste lijn: Tom de Vries tot ma 7 dec 08:00, daarna Samira de Vries" in later
    assert "kantoor is open" in later
    assert "Achterwacht: niemand tot ma 23 nov 08:00, daarna Tom de Vries" in text_of(
        client.get("/rota/who?date=2026-11-01&time=12:00").text)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("date=2027-03-28&time=02:30", "02:30 uur bestaat niet. Hieronder staat wie dienst heeft om 03:30 uur."),
        ("date=2026-10-25&time=02:30", "02:30 uur komt twee keer voor."),
    ],
)
def test_the_hours_of_the_clock_change(client: FlaskClient, world: World, asked: str, said: str) -> None:
    login(client, world, "Kees")
    assert said in text_of(client.get(f"/rota/who?{asked}").text)


@pytest.mark.parametrize(
    "asked", ["date=&time=", "date=gisteren&time=02:00", "date=2026-11-28&time=25:00", "date=0001-01-01&time=00:00",
              "date=9999-12-31&time=23:59", "date=2026-11-28&time=02:00%2B05:00", "time=<b>"])
def test_no_moment(client: FlaskClient, world: World, asked: str) -> None:
    login(client, world, "Kees")
    answer = client.get(f"/rota/who?{asked}")
    assert answer.status_code == 422
    assert "Vul een datum en een tijd in" in answer.text
    assert "<b>&" not in answer.text


def test_rooster_leads_there(client: FlaskClient, world: World) -> None:
    login(client, world, "Kees")
    page = client.get("/rota").text
    for address in ("/rota/calendar", "/rota/calendar/week", "/rota/who"):
        assert f'href="{address}"' in page
    assert 'href="/rota" aria-current="page"' in client.get("/rota/calendar").text
