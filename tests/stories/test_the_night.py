"""The night of the design, hop by hop, through HTTP: from the call centre's report to the reply and the closing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.cases import names
from tests.steps.engine import HOUSE, Engine
from tests.web.login import login
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.incident import Acknowledgement, Closure, Incident
from webcare_pwa.models.organisation import ApiToken
from webcare_pwa.models.progress import Progress
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


@dataclass
class Night:
    """The people of the story: each with a browser of his own, and the engine that counts the seconds."""

    app: Flask
    database: Database
    world: World
    clock: FakeClock
    engine: Engine
    phone: FlaskClient

    def at(self, hour: int, minute: int, second: int = 0) -> None:
        """Amsterdam wall time on Saturday 28 November."""
        self.clock.moment = datetime(2026, 11, 28, hour - 1, minute, second, tzinfo=UTC)

    def incident(self) -> int:
        with self.database.read() as session:
            return session.scalars(select(Incident.id)).one()


def test_the_night_of_the_design(app: Flask, database: Database, world: World, clock: FakeClock) -> None:
    night = Night(app, database, world, clock, Engine(database, clock), app.test_client())
    with database.write() as session:
        for phone, name in (("samira-phone", "Samira"), ("samira-tablet", "Samira"), ("tom", "Tom")):
            add_device(session, world.people[name], f"https://fcm.googleapis.com/{phone}", clock.moment)
    night.engine.push.by_endpoint["https://fcm.googleapis.com/samira-tablet"] = Gone("http 410")

    number, first = the_call_centre_posts_a_leak(night)
    last, to_tom = nobody_acknowledges_and_the_backup_is_called(night, first)
    samira_taps_the_notification_and_tom_sees_it(night, last, to_tom)
    csrf, samira = she_records_the_plumber_and_replies(night)
    the_tenant_reads_it_on_his_page(night, number)
    she_closes_it(night, samira, csrf)


def the_call_centre_posts_a_leak(night: Night) -> tuple[int, PushJob]:
    """02:10:00"""
    token = api_token(night.database, night.world, night.clock.moment)
    number = report_by_api(night.app.test_client(), token, LEAK)
    sent = night.engine.tick()
    assert names(sent) == ["samira-phone", "samira-tablet"]
    assert page(sent[0])["tag"] == page(sent[1])["tag"]
    shown = f"{page(sent[0])['title']} {page(sent[0])['body']}"
    assert "Populierenhof" in shown and "Populierenlaan" not in shown and "Aydin" not in shown
    with night.database.read() as session:
        assert session.scalars(select(Verdict.urgency)).one() == "spoed"
        assert session.scalars(select(Delivery.outcome).order_by(Delivery.id)).all() == ["accepted", "gone"]
    return number, sent[0]


def nobody_acknowledges_and_the_backup_is_called(night: Night, first: PushJob) -> tuple[PushJob, PushJob]:
    """02:10:03 to 02:15:00: shown, two repeats that replace it (none to the dead tablet), then Tom."""
    night.clock.move(seconds=3)
    answer = night.phone.post(f"/pages/{token_of(first)}/receipts", json={"kind": "shown"})
    assert answer.json and answer.json["state"] == "open"
    repeats = night.engine.pass_time(minutes=4, seconds=50)
    assert names(repeats) == ["samira-phone", "samira-phone"]
    assert {page(job)["tag"] for job in repeats} == {page(first)["tag"]}
    assert {job.topic for job in repeats} == {first.topic}
    to_tom = night.engine.pass_time(seconds=10)
    assert names(to_tom) == ["tom"]
    return repeats[-1], to_tom[0]


def samira_taps_the_notification_and_tom_sees_it(night: Night, last: PushJob, to_tom: PushJob) -> None:
    """02:16:30, logged out: the token in the page is enough."""
    night.at(2, 16, 30)
    assert night.phone.post(f"/pages/{token_of(last)}/acknowledgement").status_code == 200
    tom = night.app.test_client()
    answer = tom.post(f"/pages/{token_of(to_tom)}/receipts", json={"kind": "shown"})
    assert answer.json and answer.json["state"] == "taken" and "Samira" in answer.json["title"]
    login(tom, night.world, "Tom")
    assert "Samira" in tom.get(f"/incidents/{night.incident()}").text
    assert night.engine.pass_time(minutes=9) == []  # after ten it is "taken but not opened", and calls again


def she_records_the_plumber_and_replies(night: Night) -> tuple[str, FlaskClient]:
    """02:17:10: whom to call, "rond 03:00", and the quick reply that is now offered, filled."""
    night.at(2, 17, 10)
    samira = night.app.test_client()
    csrf = login(samira, night.world, "Samira")
    address = f"/incidents/{night.incident()}"
    shown = samira.get(address)
    assert "Loodgieter Veenkade" in shown.text and "Kluis links van de hoofdingang" in shown.text
    recorded = {"csrf_token": csrf, "client_token": "progress-1", "kind": "contractor_eta_recorded",
                "party": "Loodgieter Veenkade", "promised_at": "03:00"}
    assert samira.post(f"{address}/progress", data=recorded).status_code == 303
    with night.database.read() as session:
        assert session.scalars(select(Progress.promised_at)).one() == datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
    composer = samira.get(f"{address}/replies/new?template=aannemer_tijd")
    assert "Loodgieter Veenkade komt naar Populierenlaan 88" in composer.text
    reply = {
        "csrf_token": csrf, "client_token": "reply-1", "template": "aannemer_tijd",
        "text_nl": "Loodgieter Veenkade komt naar Populierenlaan 88. Zij verwachten om 03:00 uur bij u te zijn.",
        "text_en": "Loodgieter Veenkade is coming to Populierenlaan 88.",
    }
    for _ in range(2):  # a double tap
        assert samira.post(f"{address}/replies", data=reply).status_code == 303
    night.engine.tick()
    return csrf, samira


def the_tenant_reads_it_on_his_page(night: Night, number: int) -> None:
    with night.database.read() as session:
        assert len(session.scalars(select(Reply).where(Reply.client_token == "reply-1")).all()) == 1
        mailed = session.scalars(select(Mail).where(Mail.reply_id.is_not(None)).order_by(Mail.id)).all()
        report = session.scalars(select(Report)).one()
    assert {mail.outcome for mail in mailed} == {"accepted"}
    assert mailed[-1].to_address == "aydin@huurder.example" and "03:00" in mailed[-1].body
    assert report.id == number
    case = night.app.test_client().get(f"/m/{links.case_token(HOUSE.secret_key, report.id, report.link_version)}")
    assert case.status_code == 200 and "Loodgieter Veenkade" in case.text and "030 123 45 67" in case.text


def she_closes_it(night: Night, samira: FlaskClient, csrf: str) -> None:
    """03:20"""
    night.at(3, 20)
    closed = samira.post(f"/incidents/{night.incident()}/closure", data={
        "csrf_token": csrf, "client_token": "close-1", "outcome": "solved", "note": "Koppeling vervangen",
    })
    assert closed.status_code == 303
    with night.database.read() as session:
        assert session.scalars(select(Closure.outcome)).one() == "solved"
        assert session.scalars(select(Acknowledgement.person_id)).one() == night.world.people["Samira"]
        called = {alert.person_id for alert in session.scalars(select(Alert))}
    assert called == {night.world.people["Samira"], night.world.people["Tom"]}
    assert night.engine.pass_time(minutes=5) == []


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
    caught_up = engine.tick()
    # The new one, and one step of the old one, not its whole policy at once: together one page, as they are hers in the
    # same second. And the coordinator hears of the half hour.
    assert sorted(names(caught_up)) == ["Carla", "Samira"]
    assert [page(job)["title"] for job in caught_up if names([job]) == ["Samira"]] == ["2 storingen wachten op u"]
    later = names(engine.pass_time(minutes=3, seconds=30))
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
    assert sorted(names(engine.tick())) == ["Pieter", "Samira", "Tom"]
