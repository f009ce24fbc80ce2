"""From an edit on a screen to the coordinator's phone: within ten seconds of the clock, and red where the rota is planned."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import give_phones, names
from tests.steps.engine import Engine
from tests.web.login import login
from webcare_pwa.db import Database
from webcare_pwa.models.gap import GapNotice


@pytest.mark.parametrize("act", ["disable", "roles"])
def test_an_edit_over_http_reaches_the_coordinator_within_ten_seconds(
    app: Flask, database: Database, world: World, clock: FakeClock, act: str
) -> None:
    clock.move(hours=10)  # Saturday 12:10
    give_phones(database, world, clock.moment, "Samira", "Tom", "Carla")
    with database.write() as session:
        session.execute(delete(GapNotice))
    engine, browser = Engine(database, clock), app.test_client()
    assert engine.tick() == []
    csrf = login(browser, world, "Carla" if act == "disable" else "Ada")
    tom = world.people["Tom"]
    if act == "disable":
        answer = browser.post(f"/people/{tom}/disable", data={"csrf_token": csrf, "client_token": "x"})
    else:
        form = {"csrf_token": csrf, "client_token": "x", "name": "Tom de Vries", "email": world.email("Tom"), "phone": ""}
        answer = browser.post(f"/people/{tom}", data=form)
    assert answer.status_code == 303, answer.text
    assert names(engine.pass_time(seconds=10)) == ["Carla"]
    for page in ("/nu", "/rota"):
        html = browser.get(page).text
        assert "gaten in het rooster, eerste lijn, het eerste vanaf ma 30 nov 17:00" in html, page
    assert names(engine.pass_time(minutes=2)) == []
