"""Taking up when something fails: no message holds up another, and somebody is woken all the same."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import add_message, give_phones, names, only_case, send_report
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.report import Report
from webcare_pwa.steps import assessment


def test_a_message_that_cannot_be_handled_holds_up_no_other(
    database: Database, world: World, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    engine.tolerant = True
    broken = send_report(database, world, clock.moment, key="one")
    send_report(database, world, clock.moment, key="two")
    real = assessment.add_verdict

    def sometimes(report: Report, *args: object, **more: object) -> object:
        if report.id == broken:
            raise RuntimeError("this one fails")
        return real(report, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("webcare_pwa.steps.triage.add_verdict", sometimes)
    engine.tick()
    with database.read() as session:
        assert session.scalar(select(func.count(Incident.id))) == 1
    monkeypatch.undo()
    engine.tick()
    with database.read() as session:
        assert session.scalar(select(func.count(Incident.id))) == 2


def test_a_report_whose_texts_cannot_be_written_still_wakes_somebody(
    database: Database, world: World, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("the texts failed")

    monkeypatch.setattr("webcare_pwa.steps.triage.automatic_replies.send", broken)
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    engine.tolerant = True
    number = send_report(database, world, clock.moment)
    assert names(engine.tick()) == ["Samira"]
    monkeypatch.undo()
    add_message(database, number, clock.moment, "En nog iets.")
    assert engine.tick() == []
    assert len(only_case(database, world, clock.moment).incident.rounds) == 1


def test_a_batch_of_messages_that_cannot_be_handled_does_not_stand_in_front_of_the_rest(
    database: Database, world: World, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    engine.tolerant = True
    broken = {send_report(database, world, clock.moment, key=f"b{number}") for number in range(12)}
    send_report(database, world, clock.moment, key="good")
    real = assessment.add_verdict

    def sometimes(report: Report, *args: object, **more: object) -> object:
        if report.id in broken:
            raise RuntimeError("these fail")
        return real(report, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("webcare_pwa.steps.triage.add_verdict", sometimes)
    assert names(engine.tick()) == ["Samira"]


def test_danger_of_which_nothing_is_told_is_not_called_other_or_unclear(
    database: Database, world: World, clock: FakeClock
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    number = send_report(database, world, clock.moment, {"danger": True})
    notice = json.loads(engine.tick()[0].payload)["notification"]
    assert notice["title"] == "Noodgeval: Gevaar gemeld"
    assert only_case(database, world, clock.moment).title == "Gevaar gemeld"
    add_message(database, number, clock.moment, "", danger=True, danger_kind="gas")
    engine.tick()
    assert only_case(database, world, clock.moment).title == "Gaslucht of gaslek"
