"""The page of one incident: everything needed in five seconds."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.engine import HOUSE
from tests.web.login import login
from tests.web.night import Night
from webcare_pwa.db import Database
from webcare_pwa.models import situations
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.ports import Gone
from webcare_pwa.steps import contact_methods, progress, replies
from webcare_pwa.steps.transfer import hand_on


@pytest.fixture
def night(database: Database, world: World, clock: FakeClock) -> Night:
    night = Night(database, world, clock)
    night.phones("Samira", "Tom")
    return night


def see(app: Flask, night: Night, name: str, incident: int, part: str = "") -> str:
    client = app.test_client()
    login(client, night.world, name)
    answer = client.get(f"/incidents/{incident}{part}")
    assert answer.status_code == 200, answer.text
    return answer.text


def test_what_where_who_and_how_long_stand_on_the_page(app: Flask, night: Night) -> None:
    incident = night.report("Het water loopt langs de lamp.", answers={"electricity": "yes"})
    night.shown()
    night.clock.move(minutes=1)
    html = see(app, night, "Samira", incident)
    for fact in (
        "Noodgeval", "Ernstige lekkage", "<span>Populierenlaan</span><b>88</b>", "1234 AB Waterveen", "Populierenhof",
        "Sinds 02:10, 1 minuut", "aannemen vóór 02:12", "Het water loopt langs de lamp.", "mevrouw Aydin",
        'href="tel:0612345678"', "geo:0,0?q=Populierenlaan%2088", "Loodgieter Veenkade", 'href="tel:0302223344"',
        "Kluis links van de hoofdingang", "Kelder, ruimte K2, rode kraan", "Begane grond, hal", "Nog niet aangenomen",
        "Waarom noodgeval", "Wat de huurder al hoorde",
    ):
        assert fact in html, fact
    assert html.index("Loodgieter Veenkade") < html.index("Alles-in-een Onderhoud")


def test_the_contact_of_the_right_trade_comes_first_and_others_do_not_show(app: Flask, night: Night) -> None:
    incident = night.report(category="cv_geen_verwarming")
    html = see(app, night, "Samira", incident)
    assert "Loodgieter Veenkade" not in html
    assert "Alles-in-een Onderhoud" in html


@pytest.mark.parametrize(("facts", "said"), [
    ({"email": None}, "Bel de huurder.</b> Wij hebben geen e-mailadres"),
    ({"email": None, "phone": None, "no_phone": True}, "Stuur iemand langs"),
])
def test_who_cannot_be_reached_in_writing_is_called(
    app: Flask, night: Night, facts: dict[str, Any], said: str
) -> None:
    assert said in see(app, night, "Samira", night.report(**facts))


def test_with_an_email_address_there_is_no_call_banner(app: Flask, night: Night) -> None:
    assert "Bel de huurder." not in see(app, night, "Samira", night.report())


def test_an_unknown_address_is_said_and_typed_text_is_a_plate(app: Flask, night: Night) -> None:
    unknown = night.report(address=None, postcode=None, house_number=None, dwelling_id=None, city=None)
    assert "Adres nog niet bekend" in see(app, night, "Samira", unknown)
    typed = night.report(address="Oude Gracht 12-bis", postcode=None, house_number=None, dwelling_id=None)
    assert "<span>Oude Gracht</span><b>12-bis</b>" in see(app, night, "Samira", typed)


def test_proof_is_four_steps_per_device_and_a_dead_one_says_so(app: Flask, night: Night) -> None:
    night.engine.push.by_endpoint["https://fcm.googleapis.com/Tom"] = Gone("http 410")
    incident = night.report()
    night.shown()
    night.minutes(3)
    html = see(app, night, "Samira", incident)
    proof = html[html.index('id="proof"'):html.index('id="timeline"')]
    assert "getoond <time" in proof
    assert "geopend <b>nee</b>" in proof
    assert "Toestel bestaat niet meer" in proof
    assert re.search(r"[23] oproepen", proof)


def test_a_contact_stands_with_its_kind_and_never_its_address(app: Flask, night: Night) -> None:
    with night.database.write() as session:
        samira = night.world.people["Samira"]
        for kind, typed in (("sms", {"number": "06 12345611"}), ("telegram", {"chat_id": "123456789"})):
            contact_methods.add(session, samira, kind, typed, offered=(kind,), now=night.clock.moment)
    night.engine.contacts.by_address["123456789"] = Gone("http 404")
    incident = night.report(category="gaslucht")
    with night.database.write() as session:
        sms = session.scalars(select(Delivery).where(Delivery.contact_method_id == 1)).first()
        assert sms is not None
        contact_methods.prove(sms, now=night.clock.moment)
    html = see(app, night, "Samira", incident)
    proof = html[html.index('id="proof"'):html.index('id="timeline"')]
    assert "Samira, Sms</b>" in proof and "Beantwoord</span>" in proof and "beantwoord <time" in proof
    assert "Samira, Telegram</b>" in proof and "Bestaat niet meer" in proof
    assert "12345611" not in proof and "123456789" not in proof


def test_who_was_called_without_any_device_is_red(app: Flask, night: Night) -> None:
    incident = night.report()
    with night.database.write() as session:
        session.add(Alert(key="alarm:1", kind="alarm", incident_id=incident, person_id=night.world.people["Carla"],
                          at=night.clock.moment))
    proof = see(app, night, "Samira", incident)
    assert "Carla</b>" in proof
    assert "Geen toestel" in proof


def test_the_timeline_tells_everything_newest_first(app: Flask, night: Night) -> None:
    incident = night.report()
    night.clock.move(minutes=1)
    night.takes("Samira", incident)
    night.clock.move(minutes=1)
    with night.database.write() as session:
        progress.record(
            session, incident, "contractor_eta_recorded", by=night.world.people["Samira"], party="Loodgieter Veenkade",
            promised_at=night.clock.moment + timedelta(minutes=45), token="t", now=night.clock.moment)
    log = see(app, night, "Samira", incident)
    log = log[log.index('id="timeline"'):]
    told = ["Loodgieter Veenkade. Verwacht om <b>02:57</b>", "Samira neemt het incident aan", "Samira opgeroepen",
            "Beoordeeld als", "via webformulier"]
    places = [log.index(each) for each in told]
    assert places == sorted(places)


def test_the_dock_follows_the_state(app: Flask, night: Night) -> None:
    incident = night.report()
    html = see(app, night, "Samira", incident)
    assert "Ik pak het op" in html and "Kan niet" in html
    night.takes("Samira", incident)
    mine = see(app, night, "Samira", incident)
    assert "Antwoord de huurder" in mine and "Ik pak het op" not in mine
    other = see(app, night, "Tom", incident)
    assert "<b>Samira</b> heeft dit." in other and "Ik pak het op" not in other
    with night.database.write() as session:
        hand_on(session, incident, by=night.world.people["Samira"], to=night.world.people["Tom"],
                note="Sleutel ligt bij mij", token="h", now=night.clock.moment)
    receiver = see(app, night, "Tom", incident)
    assert "Ik neem het over" in receiver and "Sleutel ligt bij mij" in receiver
    assert "wacht op antwoord" in see(app, night, "Samira", incident)
    with night.database.write() as session:
        progress.close(session, incident, "solved", by=night.world.people["Samira"], note="", token="c",
                       now=night.clock.moment)
    closed = see(app, night, "Samira", incident)
    assert "Dit incident is gesloten." in closed and "Heropen dit incident" in closed
    assert "hx-trigger" not in closed[closed.index('id="state"'):closed.index("</h1>")]


def test_an_operator_reads_but_gets_no_forms_to_work_with(app: Flask, night: Night) -> None:
    html = see(app, night, "Olga", night.report())
    for act in ("Ik pak het op", "Leg vast", "Sluit het incident af", "Geef over", "Gebeld?"):
        assert act not in html


def test_the_live_part_brings_state_proof_timeline_and_dock(app: Flask, night: Night) -> None:
    incident = night.report()
    html = see(app, night, "Samira", incident, "/state")
    assert html.lstrip().startswith('<div id="state"')
    for part in ("proof", "timeline", "dock-act"):
        assert html.count(f'id="{part}"') == 1
    assert html.count('hx-swap-oob="true"') == 3
    night.takes("Tom", incident)
    assert "Tom heeft dit" in see(app, night, "Samira", incident, "/state")


def test_the_automatic_danger_text_stands_on_the_page(app: Flask, night: Night) -> None:
    incident = night.report("Ik ruik gas", category="gaslucht", danger=True)
    html = see(app, night, "Samira", incident)
    told = html[html.index("Wat de huurder al hoorde"):]
    assert "Ga eerst naar buiten" in told
    assert "ook in het Engels" in told


def test_a_spoed_long_ahead_is_drawn_in_hours(app: Flask, night: Night) -> None:
    incident = night.report(category="cv_geen_verwarming")
    night.takes("Samira", incident)
    with night.database.write() as session:
        situation = situations.load(session, incident, frozenset({night.world.waterveen}), now=night.clock.moment,
                                    rulebook=HOUSE.rulebook)
        replies.queue(session, situation, template="", text_nl="Wij komen.", text_en="", kind="free", token="r",
                      by=night.world.people["Samira"], now=night.clock.moment, house=HOUSE)
    html = see(app, night, "Samira", incident)
    assert "ter plaatse vóór" in html
    assert "<small>uur</small>" in html
