"""The alarm command: by push, call and mail, straight through the gateways, from the list on its input; the row says it is
done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.mail_server import MailServer, running
from tests.push_lab.messages import Fault
from tests.push_lab.push_service import PushService
from tests.voice_lab.provider import ACCOUNT, FROM, TOKEN, Line, Provider
from webcare_pwa import vapid
from webcare_pwa.cli import sending
from webcare_pwa.clock import real_now
from webcare_pwa.db import Database
from webcare_pwa.factory import create_app
from webcare_pwa.models.guard import WatcherAlarm
from webcare_pwa.settings import Settings
from webcare_pwa.steps import watching

KEY = "worker:2026-11-28T01:10:00+00:00"


class Place:
    """A push service, a mail server, and the command on a database."""

    def __init__(self, push: PushService, mail: MailServer, settings: Settings, database: Database, clock: FakeClock) -> None:
        self.push, self.mail, self.database = push, mail, database
        vapid.create(settings.vapid_private_key_file)
        its = replace(settings, mail_host="127.0.0.1", mail_port=mail.port, mail_tls="none", mail_from="d@corporatie.example")
        self.runner = create_app(its, database=database, clock=clock).test_cli_runner()
        with database.write() as session:
            watching.claim(session, KEY, real_now=real_now())

    def whom(self) -> dict[str, Any]:
        told = self.push.device()
        return {"push": [{"endpoint": told["endpoint"], **told["keys"]}], "contacts": [], "mail": ["carla@corporatie.example"]}

    def alarm(self, whom: dict[str, Any], key: str = KEY) -> int:
        return int(self.runner.invoke(args=["alarm", "--key", key], input=json.dumps(whom)).exit_code)

    def is_sent(self) -> bool:
        with self.database.read() as session:
            return session.scalars(select(WatcherAlarm.sent_at).where(WatcherAlarm.key == KEY)).one() is not None


@pytest.fixture
def place(settings: Settings, database: Database, world: World, clock: FakeClock) -> Iterator[Place]:
    with PushService() as push, running(MailServer()) as mail:
        yield Place(push, mail, settings, database, clock)


def test_it_goes_by_push_and_mail_in_plain_words_without_a_place(place: Place) -> None:
    assert place.alarm(place.whom()) == 0
    notice = place.push.plaintexts()[0]["notification"]
    assert notice["body"].startswith("De storingsdienst staat stil: er worden geen oproepen verstuurd")
    assert notice["navigate"] == "http://localhost/nu"
    assert place.mail.recipients == ["RCPT TO:<carla@corporatie.example>"]
    assert place.is_sent()


def test_that_it_works_again_replaces_the_alarm_on_the_phone(place: Place) -> None:
    whom = place.whom()
    place.alarm(whom)
    place.alarm(whom, KEY + ":again")
    first, second = (each["notification"] for each in place.push.plaintexts())
    assert second["body"].startswith("De storingsdienst werkt weer")
    assert first["tag"] == second["tag"]


def test_a_service_that_says_later_is_asked_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "PAUSE", 0.01)
    place.push.faults.append(Fault(status=503, times=1))
    place.mail.answers["RCPT"] = "451 later"
    assert place.alarm(place.whom()) == 0
    assert len(place.push.requests) == 2
    assert len(place.push.messages) == 1


def test_when_nobody_could_be_told_the_row_stays_open_for_another(place: Place) -> None:
    assert place.alarm({"push": [], "contacts": [], "mail": []}) == 1
    assert not place.is_sent()


def test_by_hand_it_takes_the_list_from_the_database(place: Place, world: World) -> None:
    assert place.runner.invoke(args=["alarm"]).exit_code == 0
    assert len(place.mail.recipients) == 3


def test_a_telephone_says_it_and_asks_for_no_key(
    settings: Settings, database: Database, world: World, clock: FakeClock
) -> None:
    with Provider() as provider:
        provider.lines["+31612345678"] = Line()
        vapid.create(settings.vapid_private_key_file)
        its = replace(settings, voice_url=provider.base, voice_account=ACCOUNT, voice_token=TOKEN, voice_from=FROM)
        whom = {"push": [], "contacts": [{"kind": "voice", "address": "06 12345678", "values": {}}], "mail": []}
        runner = create_app(its, database=database, clock=clock).test_cli_runner()
        assert runner.invoke(args=["alarm", "--key", KEY], input=json.dumps(whom)).exit_code == 0
        call = provider.ended(1)
    assert call.heard[0].startswith("De storingsdienst staat stil: er worden geen oproepen verstuurd")
