"""Opschaling through HTTP: reading it as sentences, changing it without a script, and the dry run."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.web.login import login
from webcare_pwa.db import Database
from webcare_pwa.models.audit import AuditEntry
from webcare_pwa.models.person import Role
from webcare_pwa.models.policy import policy_of
from webcare_pwa.rules.escalation import Step


@dataclass
class Screen:
    """The form of one urgency in the coordinator's browser."""

    client: FlaskClient
    database: Database
    world: World
    urgency: str = "noodgeval"

    @property
    def address(self) -> str:
        return f"/policies/{self.world.desk}/{self.urgency}"

    def form(self) -> dict[str, list[str]]:
        """What the page would send as it stands."""
        html = self.client.get(self.address).text.partition("Terug naar de standaard")[0]
        found: dict[str, list[str]] = {}
        for name, value in re.findall(r'<input[^>]*? name="(\w+)" value="([^"]*)"', html):
            found.setdefault(name, []).append(value)
        for name, options in re.findall(r'<select[^>]*? name="(\w+)">(.*?)</select>', html, re.DOTALL):
            chosen = re.search(r'value="(\w+)" selected', options) or re.search(r'value="(\w+)"', options)
            assert chosen
            found.setdefault(name, []).append(chosen[1])
        return found

    def press(self, button: str, **changed: list[str]) -> TestResponse:
        return self.client.post(self.address, data={**self.form(), "do": [button], **changed})

    def steps(self) -> list[tuple[int, str]]:
        return [(each.after_seconds, each.who) for each in self.policy()]

    def policy(self) -> tuple[Step, ...]:
        with self.database.read() as session:
            return policy_of(session, self.world.desk, self.urgency)


@pytest.fixture
def screen(client: FlaskClient, database: Database, world: World) -> Screen:
    login(client, world, "Carla")
    return Screen(client, database, world)


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace(" ,", ",")


def test_the_steps_are_sentences(screen: Screen) -> None:
    page = text_of(screen.client.get("/policies").text)
    assert "Meteen: de eerste lijn, op alle toestellen en contacten" in page
    assert "Na 1 minuut: de eerste lijn opnieuw, op alle toestellen en contacten" in page
    assert "Na 8 minuten: iedereen van de dienst, op alle toestellen en contacten, en dan elke 5 minuten opnieuw" in page
    assert "Na 5 minuten: de achterwacht, op alle toestellen, daarna de contacten" in page
    assert "30 seconden: de eerste lijn" not in page  # that is what the contacts do by themselves


def test_saving_as_it_stands_changes_nothing(screen: Screen) -> None:
    before = screen.policy()
    assert screen.press("save").location == "/policies"
    assert screen.policy() == before
    assert before[-1].repeat_every_seconds == 300


def test_other_minutes_and_other_people(screen: Screen) -> None:
    answer = screen.press("save", after=["0", "1,5", "2", "3", "6"], again=["2"])
    assert (answer.status_code, answer.location) == (303, "/policies")
    assert screen.steps() == [(0, "first_line"), (90, "first_line"), (120, "backup"), (180, "coordinator"), (360, "pool")]
    assert screen.policy()[-1].repeat_every_seconds == 120
    assert "Laatst aangepast op zaterdag 28 november om 02:10 door Carla de Vries" in screen.client.get(screen.address).text


def test_moving_adding_removing_and_the_default(screen: Screen) -> None:
    default = screen.policy()
    assert screen.press("later:2").location == screen.address
    assert screen.steps()[2:4] == [(120, "coordinator"), (300, "backup")]
    screen.press("earlier:3")
    assert screen.policy() == default
    screen.press("remove:1")
    assert screen.steps()[1] == (120, "backup")
    screen.press("add", new_after=["4"], new_who=["coordinator"])
    assert screen.steps()[2] == (240, "coordinator")
    screen.client.post(screen.address, data={"csrf_token": screen.form()["csrf_token"], "client_token": "d", "do": "default"})
    assert screen.policy() == default
    with screen.database.read() as session:
        assert len(session.scalars(select(AuditEntry).where(AuditEntry.act == "policy.changed")).all()) == 5


@pytest.mark.parametrize(
    ("button", "changed", "sentence"),
    [
        ("save", {"after": ["0", "1", "2", "5", "11"]}, "uiterlijk na 10 minuten"),
        ("save", {"after": ["1", "1", "2", "5", "8"]}, "De eerste stap moet meteen zijn"),
        ("save", {"after": ["0", "3", "2", "5", "8"]}, "Deze stap komt eerder dan de vorige"),
        ("save", {"after": ["0", "vijf", "2", "5", "8"]}, "Vul minuten in"),
        ("save", {"after": ["0", "1,25", "2", "5", "8"]}, "Vul minuten in"),
        ("save", {"again": ["6"]}, "minstens elke 5 minuten"),
        ("save", {"again": [""]}, "Vul minuten in"),
        ("save", {"who": ["first_line", "first_line", "backup", "coordinator", "coordinator"]}, "De laatste stap moet"),
        ("add", {"new_after": [""], "new_who": ["backup"]}, "Vul minuten in"),
        ("add", {"new_after": ["9"], "new_who": ["backup"]}, "Dit is na de laatste stap"),
        ("add", {"new_after": ["1"], "new_who": ["pool"]}, "Iedereen oproepen is altijd de laatste stap"),
    ],
)
def test_what_is_not_safe_is_said_and_what_was_typed_stays(
    screen: Screen, button: str, changed: dict[str, list[str]], sentence: str
) -> None:
    before = screen.policy()
    answer = screen.press(button, **changed)
    assert answer.status_code == 422
    assert sentence in answer.text
    for value in changed.get("after", []):
        assert f'value="{value}"' in answer.text
    assert screen.policy() == before


def test_a_form_that_says_strange_things_is_refused(screen: Screen) -> None:
    strange: list[dict[str, list[str]]] = [{"who": ["pool"]}, {"after": []}, {"who": ["x"] * 5}, {"who": [], "after": []}]
    for changed in strange:
        assert screen.press("save", **changed).status_code == 422
    for button in ("later:99", "remove:-1", "earlier:x", "?"):
        assert screen.press(button).status_code == 303
    assert screen.client.get(f"/policies/{screen.world.desk}/werkdag").status_code == 404


def test_who_does_not_coordinate_every_organisation_only_reads(
    client: FlaskClient, world: World, database: Database
) -> None:
    with database.write() as session:
        session.execute(delete(Role).where(Role.person_id == world.people["Carla"], Role.organisation_id == world.linde))
    login(client, world, "Carla")
    page = client.get("/policies").text
    assert "U ziet dit alleen" in page
    assert f"/policies/{world.desk}" not in page
    assert client.get(f"/policies/{world.desk}/spoed").status_code == 404
    assert client.get(f"/policies/{world.desk}/trial").status_code == 404


def test_the_way_there_is_from_beheer_for_a_coordinator(client: FlaskClient, world: World) -> None:
    login(client, world, "Carla")
    assert 'href="/policies"' in client.get("/people").text
    other = client.application.test_client()
    login(other, world, "Ada")
    assert 'href="/policies"' not in other.get("/people").text


def test_a_button_that_cannot_be_says_why(screen: Screen) -> None:
    for _ in range(2):
        screen.press("remove:1")
    assert [who for _, who in screen.steps()] == ["first_line", "coordinator", "pool"]
    answer = screen.press("remove:1")
    assert answer.status_code == 422
    assert "moet nog iemand anders worden opgeroepen" in answer.text


def test_the_dry_run_names_people_and_shows_what_is_empty(
    client: FlaskClient, world: World, database: Database, clock: FakeClock
) -> None:
    with database.write() as session:
        add_device(session, world.people["Samira"], "https://fcm.googleapis.com/s", clock.moment)
    login(client, world, "Carla")
    page = client.get(f"/policies/{world.desk}/trial?urgency=spoed").text
    assert "Meteen: de eerste lijn Samira de Vries, Telefoon" in text_of(page)
    assert "2 stappen zijn leeg." in text_of(page)
    assert page.count('class="row gap"') == 2
    assert "Leeg: niemand hiervan kan gewekt worden Tom de Vries Geen toestel dat wekt" in text_of(page)
    open_ = text_of(client.get(f"/policies/{world.desk}/trial?urgency=spoed&at=2026-12-01T10:00").text)
    assert "Het kantoor is dan open." in open_
    linde = text_of(client.get(f"/policies/{world.desk}/trial?organisation={world.linde}").text)
    assert "Noodgeval bij De Linde" in linde


@pytest.mark.parametrize("at", ["gisteren", "2026-11-27T10:00", "2027-11-28T10:00", "9999-12-31T23:59"])
def test_a_moment_that_cannot_be(client: FlaskClient, world: World, at: str) -> None:
    login(client, world, "Carla")
    answer = client.get(f"/policies/{world.desk}/trial?at={at}")
    assert answer.status_code == 422
    assert f'value="{at}"' in answer.text
    assert client.get(f"/policies/{world.desk}/trial?urgency=geen").status_code == 404
