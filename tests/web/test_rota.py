"""Rooster through HTTP: reading it, moving a shift, a new weekly rotation; and who may not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select
from werkzeug.test import TestResponse

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.web.login import login
from webcare_pwa.db import Database
from webcare_pwa.models.person import Role
from webcare_pwa.models.rota import Desk, Line, Override, Rotation
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps import rota

STRETCH = {"starts_at": "2026-11-28T18:00", "ends_at": "2026-11-29T08:00"}


def post(client: FlaskClient, token: str, path: str, data: dict[str, str | list[str]]) -> TestResponse:
    return client.post(path, data={"csrf_token": token, "client_token": "t", **data})


def stretch(world: World, who: str, **changed: str) -> dict[str, str | list[str]]:
    return {"line": str(world.lines["first_line"]), "person": str(world.people[who]), **STRETCH, **changed}


def text_of(page: str) -> str:
    return re.sub(r"\s+(?=,)|(?<=\s)\s+", "", re.sub(r"<[^>]+>", " ", page).replace("\n", " "))


def first_line(database: Database, world: World, at: str) -> list[int]:
    with database.read() as session:
        return rota.people_for(session, world.waterveen, "first_line", parse(at))


def test_my_shifts_come_first(client: FlaskClient, world: World) -> None:
    login(client, world, "Samira")
    page = text_of(client.get("/rota").text)
    assert "U heeft nu dienst, tot ma 30 nov 08:00" in page
    assert page.index("U heeft nu dienst") < page.index("Eerste lijn nu tot ma 30 nov 08:00") < page.index("Nu en straks")
    assert "Eerste lijn: Samira de Vries (u)" in page
    assert "Achterwacht: Tom de Vries tot ma 30 nov 08:00, daarna Samira de Vries" in page
    assert "Daglijn: niemand niet ingepland" in page


def test_gaps_are_named_and_go_when_phones_come(
    client: FlaskClient, world: World, database: Database, clock: FakeClock
) -> None:
    login(client, world, "Samira")
    page = client.get("/rota").text
    assert "Gat: za 28 nov 02:10 tot ma 30 nov 08:00" in text_of(page)
    assert "Samira de Vries: geen toestel dat wekt en geen bewezen contact. In vier weken zijn er" in text_of(page)
    assert page.count('class="row gap"') > 3
    with database.write() as session:
        for who in ("Samira", "Tom"):
            add_device(session, world.people[who], f"https://push.example/{who}", clock.moment)
    assert not re.search(r"\bgat\b", text_of(client.get("/rota").text), re.IGNORECASE)


def test_a_line_nobody_has_shows_each_closed_stretch_as_a_gap(client: FlaskClient, world: World, database: Database) -> None:
    with database.write() as session:
        session.execute(delete(Role).where(Role.role == "duty", Role.organisation_id == world.linde))
    login(client, world, "Carla")
    page = text_of(client.get("/rota").text)
    assert "Gat: za 28 nov 02:10 tot ma 30 nov 08:00" in page
    assert "gat Niemand ma 30 nov 17:00 tot di 1 dec 08:00 wie is ingepland, mag geen dienst doen" in page


@pytest.mark.parametrize("who", ["Samira", "Kees", "Ed", "Olga"])
def test_only_planners_plan(client: FlaskClient, world: World, database: Database, who: str) -> None:
    token = login(client, world, who)
    page = client.get("/rota").text
    assert "Dienst verplaatsen" not in page
    assert "/rota/lines/" not in page
    assert post(client, token, "/rota/overrides", stretch(world, "Tom")).status_code == 403
    assert client.get(f"/rota/lines/{world.lines['first_line']}").status_code == 403
    with database.read() as session:
        assert session.scalar(select(func.count(Override.id))) == 0


def test_moving_and_withdrawing(client: FlaskClient, world: World, database: Database) -> None:
    token = login(client, world, "Carla")
    answer = post(client, token, "/rota/overrides", stretch(world, "Pieter"))
    assert (answer.status_code, answer.location) == (303, "/rota#moves")
    post(client, token, "/rota/overrides", stretch(world, "Pieter"))  # a double tap
    assert first_line(database, world, "2026-11-28T18:00") == [world.people["Pieter"]]
    assert first_line(database, world, "2026-11-29T08:00") == [world.people["Samira"]]
    page = client.get("/rota").text
    assert "met de hand verplaatst" in page
    addresses = re.findall(r"/rota/overrides/\d+/withdrawal", page)
    assert len(addresses) == 1
    assert post(client, token, addresses[0], {}).status_code == 303
    assert first_line(database, world, "2026-11-28T18:00") == [world.people["Samira"]]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ends_at": "2026-11-28T17:00"}, "Het einde moet na het begin liggen."),
        ({"ends_at": "2026-12-13T18:00"}, "Dit is langer dan 14 dagen."),
        ({"ends_at": "gisteren"}, "Vul een datum en een tijd in"),
        ({"starts_at": ""}, "Vul een datum en een tijd in"),
        ({"starts_at": "0001-01-01T00:00"}, "Vul een datum en een tijd in"),
        ({"ends_at": "9999-12-31T23:59"}, "Dit is langer dan 14 dagen"),
        ({"person": ""}, "Kies een persoon."),
        ({"person": "99999999999999999999"}, "Kies een persoon."),
        ({"person": "999"}, "Deze persoon mag geen dienst doen"),
        ({"line": "x"}, "Kies een lijn."),
    ],
)
def test_a_move_that_cannot_be_keeps_what_was_typed(
    client: FlaskClient, world: World, changed: dict[str, str], sentence: str
) -> None:
    token = login(client, world, "Carla")
    answer = post(client, token, "/rota/overrides", stretch(world, "Pieter", **changed))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<details open>" in answer.text
    if "person" not in changed:
        assert f'<option value="{world.people["Pieter"]}" selected>' in answer.text
    for name in ("starts_at", "ends_at"):
        assert f'name="{name}" type="datetime-local" value="{changed.get(name, STRETCH[name])}"' in answer.text


def test_a_time_that_comes_twice_is_the_first(client: FlaskClient, world: World, database: Database) -> None:
    token = login(client, world, "Carla")
    night = {"starts_at": "2027-10-31T02:30", "ends_at": "2027-10-31T08:00"}
    assert post(client, token, "/rota/overrides", stretch(world, "Pieter", **night)).status_code == 303
    with database.read() as session:
        assert session.scalars(select(Override)).one().starts_at == parse("2027-10-31T02:30+02:00")


def other_desk(database: Database, clock: FakeClock) -> int:
    """Another house of organisations: nobody of our world has a role there."""
    with database.write() as session:
        desk = Desk(name="Andere dienstgroep", created_at=clock.moment)
        session.add(desk)
        session.flush()
        line = Line(desk_id=desk.id, code="first_line")
        session.add(line)
        session.flush()
        return line.id


def test_another_desk_does_not_exist(client: FlaskClient, world: World, database: Database, clock: FakeClock) -> None:
    line = other_desk(database, clock)
    with database.write() as session:
        end = clock.moment + timedelta(days=1)
        theirs = Override(
            line_id=line, person_id=world.people["Tom"], starts_at=clock.moment, ends_at=end,
            created_by_id=world.people["Tom"], created_at=clock.moment,
        )  # fmt: skip
        session.add(theirs)
        session.flush()
        theirs_id = theirs.id
    token = login(client, world, "Ada")
    assert "Andere dienstgroep" not in client.get("/rota").text
    assert post(client, token, "/rota/overrides", stretch(world, "Tom", line=str(line))).status_code == 404
    assert post(client, token, f"/rota/overrides/{theirs_id}/withdrawal", {}).status_code == 404
    assert client.get(f"/rota/lines/{line}").status_code == 404
    assert post(client, token, f"/rota/lines/{line}", {"member": []}).status_code == 404
    with database.read() as session:
        assert session.get_one(Override, theirs_id).withdrawn_at is None


def rotation(world: World, *who: str, **changed: str) -> dict[str, str | list[str]]:
    members = [str(world.people[each]) for each in who]
    return {"member": [*members, ""], "starts_on": "2026-12-07", "handoff": "17:00", "weeks": "1", **changed}


def test_the_line_page_opens_with_what_comes_next(client: FlaskClient, world: World) -> None:
    login(client, world, "Carla")
    page = client.get(f"/rota/lines/{world.lines['first_line']}").text
    assert 'name="starts_on" type="date" value="2026-11-30"' in page
    assert 'name="handoff" type="time" value="08:00"' in page
    chosen = re.findall(r'value="(\d+)" selected', page)
    assert chosen == [str(world.people["Tom"]), str(world.people["Samira"])]  # Tom has that week


def test_a_new_weekly_rotation(client: FlaskClient, world: World, database: Database) -> None:
    token = login(client, world, "Carla")
    path = f"/rota/lines/{world.lines['first_line']}"
    two = rotation(world, "Pieter", "Tom", law_reason="nobody_else")  # two people for a week each: too few, so with a reason
    answer = post(client, token, path, two)
    assert (answer.status_code, answer.location) == (303, "/rota")
    post(client, token, path, two)
    moments = ("2026-12-07T16:59", "2026-12-07T17:00", "2026-12-14T17:00")
    assert [first_line(database, world, at)[0] for at in moments] == [world.people[who] for who in ("Samira", "Pieter", "Tom")]
    with database.read() as session:
        line = world.lines["first_line"]
        assert session.scalar(select(func.count(Rotation.id)).where(Rotation.line_id == line)) == 2
    assert 'value="2026-12-07"' in client.get(path).text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"starts_on": "morgen"}, "Vul een datum in"),
        ({"starts_on": "2026-11-23"}, "De eerste wissel moet later zijn dan nu."),
        ({"handoff": "25:00"}, "Vul een tijd in"),
        ({"weeks": "0"}, "Kies 1 tot 12 weken."),
        ({"weeks": "-1"}, "Vul een aantal weken in."),
        ({"member": "x"}, "Kies mensen uit de lijst."),
        ({"member": "999"}, "mag doen voor elke corporatie"),
    ],
)
def test_a_rotation_that_cannot_be_keeps_what_was_typed(
    client: FlaskClient, world: World, changed: dict[str, str], sentence: str
) -> None:
    token = login(client, world, "Carla")
    answer = post(client, token, f"/rota/lines/{world.lines['first_line']}", rotation(world, "Pieter", **changed))
    assert answer.status_code == 422
    assert sentence in answer.text
    for name, given in {"starts_on": "2026-12-07", "handoff": "17:00", "weeks": "1", **changed}.items():
        assert name == "member" or f'value="{given}"' in answer.text
