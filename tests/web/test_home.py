"""Nu: what each role sees first, and that the one lit act is the right one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.reaching import give_contacts
from tests.web.login import login
from tests.web.night import Night
from webcare_pwa.clock import real_now
from webcare_pwa.db import Database
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.models.device import Device
from webcare_pwa.models.rota import Rotation


@pytest.fixture
def night(database: Database, world: World, clock: FakeClock) -> Night:
    return Night(database, world, clock)


def see(app: Flask, world: World, name: str) -> str:
    client = app.test_client()
    login(client, world, name)
    answer = client.get("/nu")
    assert answer.status_code == 200
    return answer.text


def test_the_app_opens_on_the_login_page_or_on_nu(client: FlaskClient, world: World) -> None:
    assert client.get("/").headers["Location"] == "/login"
    login(client, world, "Samira")
    assert client.get("/").headers["Location"] == "/nu"


def test_first_line_sees_her_shift_her_phone_and_the_backup(app: Flask, world: World, night: Night) -> None:
    night.phones("Samira")
    html = see(app, world, "Samira")
    assert "U heeft dienst tot ma 08:00" in html
    assert "Nog niet bewezen" in html
    assert "Achterwacht Tom" in html
    assert "Kan niet gewekt worden" in html  # Tom has no phone
    night.report()
    night.shown()
    assert "Bewezen 02:10" in see(app, world, "Samira")


def test_on_duty_without_a_phone_that_wakes_is_red(app: Flask, world: World, night: Night) -> None:
    assert "U kunt niet gewekt worden" in see(app, world, "Samira")
    night.phones("Samira")
    assert "U kunt niet gewekt worden" not in see(app, world, "Samira")
    with night.database.write() as session:
        for device in session.scalars(select(Device)):
            device.waking = False
    assert "U kunt niet gewekt worden" in see(app, world, "Samira")


def test_a_gap_is_red_for_everybody_of_the_desk(app: Flask, world: World, night: Night) -> None:
    night.phones("Samira")
    assert "Gat in het rooster" not in see(app, world, "Carla")
    with night.database.write() as session:
        for rotation in session.scalars(select(Rotation).where(Rotation.line_id == world.lines["first_line"])):
            session.delete(rotation)
    for name in ("Carla", "Tom", "Olga"):
        html = see(app, world, name)
        assert "Gat in het rooster" in html
        assert "niemand ingepland" in html
        assert "Samira de Vries tot" not in html
    assert "Niemand heeft dienst" in see(app, world, "Carla")


def test_the_worst_incident_without_owner_is_the_lit_act(app: Flask, world: World, night: Night) -> None:
    night.phones("Samira", "Tom")
    urgent = night.report(category="cv_geen_verwarming")
    worst = night.report()
    html = see(app, world, "Samira")
    assert html.count('class="btn plate"') == 1
    assert f'action="/incidents/{worst}/acknowledgement"' in html
    assert html.index(f"/incidents/{worst}\"") < html.index(f"/incidents/{urgent}\"")
    night.takes("Tom", worst)
    html = see(app, world, "Samira")
    assert f'action="/incidents/{urgent}/acknowledgement"' in html
    assert "Tom heeft dit sinds 02:10" in html


@pytest.mark.parametrize(("name", "act"), [
    ("Olga", "Melding maken"), ("Kees", "Naar de overdracht"), ("Samira", "Ik pak het op"), ("Carla", "Ik pak het op"),
])
def test_each_role_has_its_own_act(app: Flask, world: World, night: Night, name: str, act: str) -> None:
    night.report()
    html = see(app, world, name)
    assert html.count('class="btn plate"') == 1
    assert act in html


@pytest.mark.parametrize("name", ["Ed", "Ada"])
def test_who_has_no_role_in_cases_sees_none(app: Flask, world: World, night: Night, name: str) -> None:
    incident = night.report()
    html = see(app, world, name)
    assert "Populierenlaan" not in html
    assert f"/incidents/{incident}" not in html
    assert 'class="btn plate"' not in html


def test_another_organisations_incident_is_not_there(app: Flask, world: World, night: Night) -> None:
    night.report()
    html = see(app, world, "Linda")
    assert "Populierenlaan" not in html
    assert "Niets open" in html


def test_reports_for_the_next_working_day_are_counted_not_listed(app: Flask, world: World, night: Night) -> None:
    night.report("De lamp in de hal is stuk.", category="verlichting_algemeen", answers={"dark": "one"})
    html = see(app, world, "Samira")
    assert "Niets open" in html
    assert "1 melding wacht op de volgende werkdag" in html


def test_the_fragment_is_its_own_swap_target_and_brings_the_act(client: FlaskClient, world: World, night: Night) -> None:
    night.report()
    login(client, world, "Samira")
    html = client.get("/nu/status", headers={"HX-Request": "true"}).text
    assert html.lstrip().startswith('<div id="now"')
    assert 'hx-get="/nu/status"' in html
    assert 'id="now-act" hx-swap-oob="true"' in html
    assert "<html" not in html


def test_a_silent_worker_is_a_red_bar(app: Flask, database: Database, world: World) -> None:
    assert "Oproepen worden niet verstuurd" not in see(app, world, "Samira")
    with database.write() as session:
        session.add(Heartbeat(name="worker", at=real_now() - timedelta(minutes=2)))
    assert "Oproepen worden niet verstuurd" in see(app, world, "Samira")
    with database.write() as session:
        session.get_one(Heartbeat, "worker").at = real_now()
    assert "Oproepen worden niet verstuurd" not in see(app, world, "Samira")


def test_the_menu_never_has_more_than_five_links_on_a_phone(app: Flask, world: World) -> None:
    html = see(app, world, "Carla")
    menu = html[html.index('class="nav"'):html.index("</nav>")]
    assert menu.count("<a ") - menu.count("wide-only") <= 5
    assert "Beheer" in menu
    assert "Beheer" not in see(app, world, "Samira")[-3000:]


def test_who_is_reached_by_a_proven_contact_only_is_told_so(
    app: Flask, world: World, database: Database, clock: FakeClock
) -> None:
    give_contacts(database, world, clock.moment, "Samira", "+31612345601")
    assert "Alleen via sms, telefoon of een ander contact" in see(app, world, "Samira")
    with database.write() as session:
        add_device(session, world.people["Samira"], "https://fcm.googleapis.com/s", clock.moment)
    assert "Alleen via sms" not in see(app, world, "Samira")
