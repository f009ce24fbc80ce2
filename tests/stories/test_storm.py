"""A block of flats in trouble: 500 reports in five minutes over the HTTP API, of mixed kinds. All are stored and answered, the
phones stay usable, and a gas smell elsewhere still pages in the same tick."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import NOODGEVAL, give_phones, names, send_report
from tests.steps.engine import Engine
from tests.web.api_call import post
from webcare_pwa.db import Database
from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.reply import Reply
from webcare_pwa.models.report import Report
from webcare_pwa.steps import tokens

KINDS = ("cv_geen_verwarming", "geen_warm_water", "geen_water", "stroomstoring", "lift_defect", "deur_niet_afsluitbaar",
         "lekkage_klein", "overlast")


@pytest.mark.slow
def test_five_hundred_reports_from_one_block(app: Flask, database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira", "Tom", "Carla")
    with database.write() as session:
        session.add_all([
            Dwelling(organisation_id=world.waterveen, complex_id=world.complex, postcode="1234AB", house_number=100 + each,
                     street="Populierenlaan", city="Waterveen") for each in range(500)
        ])
        _, secret = tokens.create(session, world.waterveen, "Callcenter", organisations=frozenset({world.waterveen}), by=None,
                                  now=clock.moment)
    engine, browser, started, sent = Engine(database, clock), app.test_client(), clock.moment, []
    for number in range(500):
        facts = {"external_id": f"r{number}", "text": "Er is iets mis in de flat.", "category": KINDS[number % len(KINDS)],
                 "postcode": "1234AB", "house_number": 100 + number, "email": f"r{number}@post.example"}
        assert post(browser, facts, secret).status_code == 202
        if number % 5 == 4:
            sent += engine.tick()
            clock.move(seconds=3)
    assert clock.moment - started == timedelta(minutes=5)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Report)) == 500
        assert session.scalar(select(func.count(Reply.report_id.distinct())).where(Reply.kind == "automatic")) == 500
        open_now = session.scalar(select(func.count()).select_from(Incident))
    assert open_now == 500
    for name in ("Samira", "Tom", "Carla"):
        assert len([job for job in sent if names([job]) == [name]]) <= 3, name
    send_report(database, world, clock.moment, NOODGEVAL, key="gas")
    titles = [json.loads(job.payload)["notification"]["title"] for job in engine.tick() if names([job]) == ["Samira"]]
    assert "Noodgeval: Gas of koolmonoxide" in titles
