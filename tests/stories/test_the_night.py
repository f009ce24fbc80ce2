"""The night of the design, hop by hop, through HTTP: from the call centre's report to the reply and the closing."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.engine import Engine
from tests.web.login import login
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.incident import Acknowledgement, Closure, Incident, Progress
from webcare_pwa.models.organisation import ApiToken
from webcare_pwa.models.reply import Mail, Reply
from webcare_pwa.models.report import Report, Verdict
from webcare_pwa.ports import Gone, PushJob

LEAK = {
    "external_id": "call-4711", "category": "lekkage_ernstig", "postcode": "1234 AB", "house_number": 88,
    "text": "Er loopt water uit het plafond op de derde verdieping, het is niet te stoppen.",
    "answers": {"water_at_power": "no", "ceiling_falling": "no", "leak_held": "no"},
    "name": "mevrouw Aydin", "email": "aydin@huurder.example",
}


def page(job: PushJob) -> dict[str, object]:
    """What the phone gets to read."""
    return json.loads(job.payload)["notification"]  # type: ignore[no-any-return]


def token_of(job: PushJob) -> str:
    return str(page(job)["data"]["token"])  # type: ignore[index]


def api_token(database: Database, world: World, now: datetime) -> str:
    token = links.new_token()
    with database.write() as session:
        session.add(ApiToken(
            organisation_id=world.waterveen, name="Telefooncentrale", token_hash=links.digest(token), created_at=now
        ))
    return token


def report_by_api(client: FlaskClient, token: str, body: dict[str, object]) -> int:
    answer = client.post("/api/v1/reports", json=body, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 202, answer.text
    return int(answer.json["number"])  # type: ignore[index]


def test_the_night_of_the_design(
    app: Flask, database: Database, world: World, clock: FakeClock
) -> None:
    engine = Engine(database, clock)
    with database.write() as session:
        add_device(session, world.people["Samira"], "https://fcm.googleapis.com/samira-phone", clock.moment)
        add_device(session, world.people["Samira"], "https://fcm.googleapis.com/samira-tablet", clock.moment)
        add_device(session, world.people["Tom"], "https://fcm.googleapis.com/tom", clock.moment)
    engine.push.by_endpoint["https://fcm.googleapis.com/samira-tablet"] = Gone("http 410")
    centre, samira, tom = app.test_client(), app.test_client(), app.test_client()

    # 02:10:00 the call centre posts a leak
    number = report_by_api(centre, api_token(database, world, clock.moment), LEAK)
    sent = engine.tick()
    assert [job.endpoint.rpartition("/")[2] for job in sent] == ["samira-phone", "samira-tablet"]
    assert page(sent[0])["tag"] == page(sent[1])["tag"]
    shown_text = f"{page(sent[0])['title']} {page(sent[0])['body']}"
    assert "Populierenhof" in shown_text and "Populierenlaan" not in shown_text and "Aydin" not in shown_text
    with database.read() as session:
        incident = session.scalars(select(Incident)).one()
        assert session.scalars(select(Verdict.urgency)).one() == "spoed"
        outcomes = session.scalars(select(Delivery.outcome).order_by(Delivery.id)).all()
        assert outcomes == ["accepted", "gone"]

    # 02:10:03 her phone shows it; 02:12 and 02:14 repeats replace it; the dead tablet gets none
    clock.move(seconds=3)
    phone = app.test_client()
    answer = phone.post(f"/pages/{token_of(sent[0])}/receipts", json={"kind": "shown"})
    assert answer.json and answer.json["state"] == "open"
    repeats = engine.pass_time(minutes=4, seconds=50)
    assert [job.endpoint.rpartition("/")[2] for job in repeats] == ["samira-phone", "samira-phone"]
    assert {page(job)["tag"] for job in repeats} == {page(sent[0])["tag"]}
    assert {job.topic for job in repeats} == {sent[0].topic}

    # 02:15:00 nobody acknowledged: Tom is called
    to_tom = engine.pass_time(seconds=10)
    assert [job.endpoint.rpartition("/")[2] for job in to_tom] == ["tom"]

    # 02:16:30 Samira taps "Ik pak het op" in the notification, logged out
    clock.moment = datetime(2026, 11, 28, 1, 16, 30, tzinfo=UTC)
    answer = phone.post(f"/pages/{token_of(repeats[-1])}/acknowledgement")
    assert answer.status_code == 200
    answer = tom.post(f"/pages/{token_of(to_tom[0])}/receipts", json={"kind": "shown"})
    assert answer.json and answer.json["state"] == "taken" and "Samira" in answer.json["title"]
    login(tom, world, "Tom")
    assert "Samira" in tom.get(f"/incidents/{incident.id}").text
    assert engine.pass_time(minutes=10) == []

    # 02:17:10 she calls the plumber, records it, and sends the quick reply that is now offered, filled
    clock.moment = datetime(2026, 11, 28, 1, 17, 10, tzinfo=UTC)
    csrf = login(samira, world, "Samira")
    shown = samira.get(f"/incidents/{incident.id}")
    assert "Loodgieter Veenkade" in shown.text and "Kluis links van de hoofdingang" in shown.text
    made = samira.post(f"/incidents/{incident.id}/progress", data={
        "csrf_token": csrf, "client_token": "progress-1", "kind": "contractor_eta_recorded",
        "party": "Loodgieter Veenkade", "promised_at": "03:00",
    })
    assert made.status_code == 303, made.text
    composer = samira.get(f"/incidents/{incident.id}/replies/new?template=aannemer_tijd")
    assert "Loodgieter Veenkade komt naar Populierenlaan 88" in composer.text
    with database.read() as session:
        assert session.scalars(select(Progress.promised_at)).one() == datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
    reply = {
        "csrf_token": csrf, "client_token": "reply-1", "template": "aannemer_tijd",
        "text_nl": "Loodgieter Veenkade komt naar Populierenlaan 88. Zij verwachten om 03:00 uur bij u te zijn.",
        "text_en": "Loodgieter Veenkade is coming to Populierenlaan 88.",
    }
    for _ in range(2):  # a double tap
        assert samira.post(f"/incidents/{incident.id}/replies", data=reply).status_code == 303
    engine.tick()
    with database.read() as session:
        assert len(session.scalars(select(Reply).where(Reply.client_token == "reply-1")).all()) == 1
        mailed = session.scalars(select(Mail).where(Mail.reply_id.is_not(None)).order_by(Mail.id)).all()
        assert [mail.outcome for mail in mailed] == ["accepted"] * len(mailed)
        assert mailed[-1].to_address == "aydin@huurder.example" and "03:00" in mailed[-1].body
        report = session.scalars(select(Report)).one()
    assert report.id == number
    case = centre.get(f"/m/{links.case_token(app.secret_key, report.id, report.link_version)}")
    assert case.status_code == 200 and "Loodgieter Veenkade" in case.text and "030 123 45 67" in case.text

    # 03:20 she closes it
    clock.moment = datetime(2026, 11, 28, 2, 20, tzinfo=UTC)
    closed = samira.post(f"/incidents/{incident.id}/closure", data={
        "csrf_token": csrf, "client_token": "close-1", "outcome": "solved", "note": "Koppeling vervangen",
    })
    assert closed.status_code == 303
    with database.read() as session:
        assert session.scalars(select(Closure.outcome)).one() == "solved"
        assert session.scalars(select(Acknowledgement.person_id)).one() == world.people["Samira"]
        assert {alert.person_id for alert in session.scalars(select(Alert))} == {world.people["Samira"], world.people["Tom"]}
    assert engine.pass_time(minutes=5) == []


def test_after_forty_minutes_of_standstill_one_step_is_carried_out_and_the_clocks_restart(
    app: Flask, database: Database, world: World, clock: FakeClock
) -> None:
    engine = Engine(database, clock)
    with database.write() as session:
        for name in ("Samira", "Tom", "Pieter", "Carla"):
            add_device(session, world.people[name], f"https://fcm.googleapis.com/{name}", clock.moment)
    token = api_token(database, world, clock.moment)
    centre = app.test_client()
    report_by_api(centre, token, LEAK)
    assert len(engine.tick()) == 1

    clock.move(minutes=40)
    report_by_api(centre, token, {**LEAK, "external_id": "call-4712", "postcode": "4321BA"})
    caught_up = [job.endpoint.rpartition("/")[2] for job in engine.tick()]
    # The new one, and one step of the old one, not its whole policy at once; and the coordinator hears of the half hour.
    assert sorted(caught_up) == ["Carla", "Samira", "Samira"]
    later = [job.endpoint.rpartition("/")[2] for job in engine.pass_time(minutes=3, seconds=30)]
    assert later.count("Tom") == 1  # the old one goes on from where it was: the backup three minutes after the repeat


def test_an_emergency_that_stood_still_calls_the_whole_pool_at_once(
    app: Flask, database: Database, world: World, clock: FakeClock
) -> None:
    engine = Engine(database, clock)
    with database.write() as session:
        for name in ("Samira", "Tom", "Pieter"):
            add_device(session, world.people[name], f"https://fcm.googleapis.com/{name}", clock.moment)
    report_by_api(app.test_client(), api_token(database, world, clock.moment), {**LEAK, "category": "gaslucht"})
    assert len(engine.tick()) == 1
    clock.move(minutes=40)
    assert sorted(job.endpoint.rpartition("/")[2] for job in engine.tick()) == ["Pieter", "Samira", "Tom"]
