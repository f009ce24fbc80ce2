"""The same message twice, and almost the same message twice."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from webcare_pwa.db import Database
from webcare_pwa.models.report import Message, Report
from webcare_pwa.ports import Inbound
from webcare_pwa.steps import intake


def _messages(database: Database) -> list[tuple[str, dict[str, object]]]:
    with database.read() as session:
        return [(each.text, each.facts) for each in session.scalars(select(Message).order_by(Message.id))]


def test_the_same_form_twice_is_one_message(database: Database, world: World, clock: FakeClock) -> None:
    inbound = Inbound(world.waterveen, "web", "token-1", "raw", "lek", {"phone": "06 12345678"})
    for _ in range(2):
        with database.write() as session:
            intake.receive(session, inbound, now=clock.moment)
    assert _messages(database) == [("lek", {"phone": "06 12345678"})]


def test_a_number_filled_in_after_the_back_button_is_kept_once(
    database: Database, world: World, clock: FakeClock
) -> None:
    first = Inbound(world.waterveen, "web", "token-1", "raw", "lek", {"no_phone": True})
    second = replace(first, raw="raw 2", facts={"phone": "06 12345678"})
    for inbound in (first, second, second):
        with database.write() as session:
            intake.receive(session, inbound, now=clock.moment)
    assert _messages(database) == [("lek", {"no_phone": True}), ("", {"phone": "06 12345678"})]


def test_an_addition_sent_twice_is_one_message(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        report = intake.receive(session, Inbound(world.waterveen, "web", "token-1", "raw", "lek"), now=clock.moment)
    for _ in range(2):
        with database.write() as session:
            intake.add(session, report.id, external_id="token-2", raw="raw", text="erger", facts={}, now=clock.moment)
    assert [text for text, _facts in _messages(database)] == ["lek", "erger"]
    with database.read() as session:
        assert session.scalars(select(Report.over_rate)).all() == [False]
