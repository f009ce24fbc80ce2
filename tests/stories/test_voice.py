"""A telephone call as the real waker: real worker, gateway and web process; the provider is ours and does what Twilio
documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.voice_lab.night import NUMBER, Night
from tests.voice_lab.provider import Fault, Line, Provider
from tests.voice_lab.served import Served
from webcare_pwa.db import Database
from webcare_pwa.gateways import voice
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.incident import Acknowledgement, Refusal
from webcare_pwa.settings import Settings
from webcare_pwa.steps import acknowledgement

MENU = "Dit is de storingsdienst. Er is een noodgeval. Toets 1 om het aan te nemen, toets 2 als u niet kunt."


@pytest.fixture
def night(
    settings: Settings, database: Database, world: World, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Night]:
    monkeypatch.setattr(voice, "DEADLINE", 1.0)
    with Provider() as provider, Served() as served:
        night = Night(settings, database, world, clock, provider, served)
        yield night
        night.gateway.close()


def test_key_1_takes_the_incident(night: Night, world: World) -> None:
    night.report()
    call = night.call(Line(keys="1"))
    assert (call.form["To"], call.heard) == (NUMBER, [MENU] * 3 + [
        "Dit is de storingsdienst. U hebt het aangenomen. Open nu de app."])
    row = night.delivery()
    assert (row.outcome, row.vendor_id, row.opened_at, row.detail) == (
        "accepted", call.sid, night.clock.moment, "toets ingedrukt")
    with night.database.read() as session:
        taken = session.scalars(select(Acknowledgement)).one()
        assert (taken.person_id, taken.via) == (world.people["Samira"], "voice")
    night.clock.move(seconds=60)
    night.work()
    assert len(night.provider.calls) == 1


def test_nothing_of_the_place_or_the_tenant_is_said(night: Night) -> None:
    night.report()
    said = " ".join(night.call(Line()).answers)
    assert "Populieren" not in said and "Waterveen" not in said and "Gas" not in said


def test_key_2_refuses_and_the_next_is_called(night: Night) -> None:
    night.report()
    call = night.call(Line(keys="2"))
    assert call.heard[-1] == "Dit is de storingsdienst. Goed. De volgende wordt nu opgeroepen."
    assert night.rows(Refusal) == 1 and night.rows(Acknowledgement) == 0


def test_a_wrong_key_asks_again(night: Night) -> None:
    night.report()
    call = night.call(Line(keys="71"))
    assert "Dat is geen keuze." in call.heard and night.rows(Acknowledgement) == 1


def test_who_presses_too_late_hears_who_has_it(night: Night, world: World) -> None:
    night.report()
    call = night.call(Line(ends="no-answer"))
    with night.database.write() as session:
        acknowledgement.acknowledge(session, 1, by=world.people["Tom"], via="screen", token="t", now=night.clock.moment)
    taken = "Dit is de storingsdienst. Het is al aangenomen door Tom. U hoeft niets te doen."
    assert taken in night.again(call, "", {}) and night.delivery().opened_at is None
    assert taken in night.again(call, "/key", {"Digits": "1"}) and night.delivery().opened_at is not None


def test_a_test_call_is_proven_by_a_key_alone(night: Night) -> None:
    night.test_call()
    call = night.call(Line())
    assert call.heard[0] == "Dit is de storingsdienst. Dit is een proef. Toets 1 om te bevestigen dat u gebeld kunt worden."
    assert call.heard[-1] == "Wij hoorden geen toets. Er is niets aangenomen."
    assert (night.delivery().outcome, night.delivery().opened_at) == ("accepted", None)
    night.again(call, "/key", {"Digits": "1"})
    assert night.delivery().opened_at == night.clock.moment


@pytest.mark.parametrize(("ends", "detail"), [
    ("busy", "in gesprek"), ("no-answer", "niet opgenomen"), ("failed", "bellen mislukt"), ("canceled", "afgebroken"),
    ("completed", "opgenomen, geen toets"),
])  # fmt: skip
def test_without_a_key_it_rings_again_while_the_alert_lives(night: Night, ends: str, detail: str) -> None:
    night.report()
    night.call(Line(ends=ends))
    row = night.delivery()
    assert (row.outcome, row.detail, row.opened_at, row.due_at) == (
        None, detail, None, night.clock.moment + timedelta(seconds=20))
    night.clock.move(seconds=20)
    call = night.call(Line(keys="1"), number=2)
    assert (night.delivery().outcome, night.delivery().vendor_id) == ("accepted", call.sid)
    assert night.rows(Acknowledgement) == 1


def test_the_fourth_call_is_the_last(night: Night) -> None:
    night.report()
    night.call(Line(ends="busy"))
    number = night.delivery().id
    with night.database.write() as session:
        session.get_one(Delivery, number).attempts = 3
    night.clock.move(seconds=20)
    night.call(Line(ends="no-answer"), number=2)
    with night.database.read() as session:
        row = session.get_one(Delivery, number)
        assert (row.attempts, row.outcome, row.detail) == (4, "failed", "niet opgenomen")


def test_a_taken_alert_does_not_ring_again(night: Night, world: World) -> None:
    night.report()
    night.call(Line(ends="no-answer"))
    with night.database.write() as session:
        acknowledgement.acknowledge(session, 1, by=world.people["Tom"], via="screen", token="t", now=night.clock.moment)
    night.clock.move(seconds=20)
    night.work()
    assert (len(night.provider.calls), night.delivery().outcome) == (1, "superseded")


@pytest.mark.parametrize(("fault", "outcome", "detail", "seconds"), [
    (Fault(401, 20003), None, "onze eigen instelling: http 401 code 20003", 60),
    (Fault(404, 20404), None, "onze eigen instelling: http 404 code 20404", 60),
    (Fault(400, 21211), "gone", "http 400 code 21211", 0),
    (Fault(400, 21219), None, "onze eigen instelling: http 400 code 21219", 60),
    (Fault(400, 13223), "refused", "http 400 code 13223", 0),
    (Fault(429, 20429, (("Retry-After", "7"),)), None, "http 429 code 20429", 7),
    (Fault(500), None, "http 500", 1),
    (Fault(302, headers=(("Location", "/elsewhere"),)), "refused", "http 302", 0),
    (Fault(hangs=True), None, "geen antwoord op tijd", 1),
], ids=["401", "404", "21211", "21219", "13223", "429", "500", "redirect", "hang"])  # fmt: skip
def test_a_provider_that_does_not_take_the_call(
    night: Night, fault: Fault, outcome: str | None, detail: str, seconds: int
) -> None:
    night.provider.faults = [fault]
    night.report("lekkage_ernstig")
    night.work()
    row = night.delivery()
    assert (row.outcome, row.detail) == (outcome, detail)
    if outcome is None:
        assert row.due_at == night.clock.moment + timedelta(seconds=seconds)
        night.clock.move(seconds=seconds)
        night.call(Line(keys="1"))
        assert night.rows(Acknowledgement) == 1
    else:
        night.clock.move(seconds=10)
        night.work()
        assert night.provider.requests == 1
