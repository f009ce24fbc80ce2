"""The push service is away for ten minutes, or no name resolves: the escalation goes on meanwhile, the incident says what did
not arrive, and what still matters goes out as soon as it can."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ThreadedResolver
from flask import Flask

from tests.builders import World
from tests.fakes import FakeClock
from tests.push_lab.push_service import PushService
from tests.steps.cases import NOODGEVAL, give_phones, names, send_report
from tests.steps.engine import Engine
from tests.stories.test_push_faults import Night
from tests.web.login import login
from webcare_pwa.db import Database
from webcare_pwa.ports import TryAgain
from webcare_pwa.settings import Settings

AWAY = TryAgain(None, "verbinding: ClientConnectorError")


def test_ten_minutes_without_the_push_service(
    app: Flask, database: Database, world: World, clock: FakeClock
) -> None:
    people = ("Samira", "Tom", "Pieter", "Carla")
    give_phones(database, world, clock.moment, *people)
    engine = Engine(database, clock)
    engine.push.by_endpoint = {f"https://fcm.googleapis.com/{name}": AWAY for name in people}
    send_report(database, world, clock.moment, NOODGEVAL)
    engine.tick()
    tried = set(names(engine.pass_time(minutes=10)))
    assert tried == set(people)  # the policy did not wait for the first one
    client = app.test_client()
    login(client, world, "Tom")
    assert "Wordt verstuurd" in client.get("/incidents/1").text
    engine.push.by_endpoint.clear()
    arrived = names(engine.pass_time(minutes=1))
    assert set(arrived) == set(people)
    assert len(arrived) <= 2 * len(people)  # no flood of old pages: only the newest to each, and one repeat of the step


def test_no_name_resolves(
    settings: Settings, database: Database, world: World, clock: FakeClock, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, gone = ThreadedResolver.resolve, True

    async def resolve(self: ThreadedResolver, host: str, *more: Any, **words: Any) -> Any:
        if gone:
            raise OSError("Temporary failure in name resolution")
        return await here(self, "127.0.0.1", *more, **words)

    monkeypatch.setattr(ThreadedResolver, "resolve", resolve)
    with PushService() as push:
        port = push.base.rpartition(":")[2]
        push.base = f"http://push.example:{port}"
        night = Night(replace(settings, push_hosts=("http://push.example",)), database, world, clock, push)
        try:
            night.report()
            night.work()
            row = night.deliveries()[0]
            assert row.outcome is None
            assert "verbinding" in row.detail
            assert "Wordt verstuurd" in night.screen(app)
            gone = False
            clock.move(seconds=1)
            night.work()
            assert [each.outcome for each in night.deliveries()] == ["accepted"]
            assert len(push.messages) == 1
        finally:
            night.gateway.close()
