"""Requests about a call that the provider did not send, or sent before: none of them takes, refuses or rings anything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.voice_lab.night import Night
from tests.voice_lab.provider import TOKEN, Line, Provider
from tests.voice_lab.served import Served
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.models.incident import Acknowledgement, Refusal
from webcare_pwa.rules.voice_signature import signature
from webcare_pwa.settings import Settings

PRESS = {"CallSid": "CA1", "Digits": "1"}


@pytest.fixture
def night(settings: Settings, database: Database, world: World, clock: FakeClock) -> Iterator[Night]:
    with Provider() as provider, Served() as served:
        night = Night(settings, database, world, clock, provider, served)
        night.report()
        yield night
        night.gateway.close()


def press(address: str, signed: str) -> requests.Response:
    return requests.post(address, data=PRESS, headers={"X-Twilio-Signature": signed} if signed else {}, timeout=10)


def test_a_forged_signature_does_nothing(night: Night) -> None:
    call = night.call(Line(ends="busy"))
    address = call.form["Url"] + "/key"
    fields = list(PRESS.items())
    for signed in (
        "", "onzin", signature("another token", address, fields), signature(TOKEN, address + "x", fields),
        signature(TOKEN, address, [("CallSid", "CA1"), ("Digits", "2")]),
    ):
        assert press(address, signed).status_code == 403
    assert press(call.form["Url"] + "/status", "").status_code == 403
    assert night.rows(Acknowledgement) == 0 and night.delivery().opened_at is None


@pytest.mark.parametrize(
    "token", ["onzin", links.call_token("another key " * 5, 1), links.page_token("test-" * 10, 1, 1)],
    ids=["nonsense", "signed by another", "for something else"],  # tokens hold the time, a test's name must not
)
def test_a_token_that_is_not_ours_does_nothing(night: Night, token: str) -> None:
    night.call(Line(ends="busy"))
    address = f"{night.settings.base_url}/calls/{token}/key"
    answer = press(address, signature(TOKEN, address, PRESS.items()))
    assert "Deze oproep geldt niet meer" in answer.text and "<Gather" not in answer.text
    assert night.rows(Acknowledgement) == 0


def test_a_replay_changes_nothing(night: Night) -> None:
    call = night.call(Line(keys="2"))
    said = night.again(call, "/key", {"CallStatus": "in-progress", "Digits": "1"})
    assert "Uw keuze is al verwerkt" in said
    for status in ("busy", "ringing", "completed"):
        night.again(call, "/status", {"CallStatus": status})
    assert night.rows(Refusal) == 1 and night.rows(Acknowledgement) == 0
    assert (night.delivery().outcome, night.delivery().detail) == ("accepted", "toets ingedrukt")


def test_a_replayed_end_of_an_earlier_call_does_not_touch_the_next(night: Night) -> None:
    first = night.call(Line(ends="busy"))
    waiting = night.delivery()
    night.again(first, "/status", {"CallStatus": "busy"})
    assert night.delivery().due_at == waiting.due_at
    night.clock.move(seconds=20)
    second = night.call(Line(keys="1"), number=2)
    night.again(first, "/status", {"CallStatus": "busy"})
    night.again(first, "/status", {"CallStatus": "nonsense"})
    assert (night.delivery().outcome, night.delivery().vendor_id) == ("accepted", second.sid)


def test_a_number_that_was_taken_off_answers_nothing_any_more(night: Night) -> None:
    call = night.call(Line(ends="busy"))
    with night.database.write() as session:
        session.scalars(select(ContactMethod)).one().removed_at = night.clock.moment
    assert "Deze oproep geldt niet meer" in night.again(call, "/key", {"Digits": "1"})
    assert night.rows(Acknowledgement) == 0


def test_an_end_that_comes_before_our_own_bookkeeping_is_kept(night: Night) -> None:
    """The provider may tell that a call ended while the worker that started it still stands still."""
    night.provider.lines["+31612345678"] = Line(ends="busy")
    night.worker.tick()
    night.provider.ended(1)
    assert night.delivery().outcome is None and night.delivery().claimed_by is None
    night.work()
    row = night.delivery()
    assert (row.outcome, row.detail) == (None, "in gesprek")
