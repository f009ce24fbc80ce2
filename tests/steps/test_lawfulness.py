"""The law on the rota and on what really happened; a change that breaks it needs a reason, a call-out never does."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import give_phones, send_report
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.models.audit import AuditEntry
from webcare_pwa.models.incident import Acknowledgement
from webcare_pwa.models.publication import Publication
from webcare_pwa.models.rota import Override, Rotation
from webcare_pwa.rules.law.person import CallOut, Span
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps import acknowledgement, lawful, lawful_publishing, lawfulness, progress

TWO_WEEKS = "2026-12-07T08:00", "2026-12-21T08:00"


def move(session: Session, world: World, who: str, now: datetime, reason: str = "", ends: str = TWO_WEEKS[1]) -> Override:
    return lawful.move_shift(
        session, world.lines["first_line"], world.people[who], parse(TWO_WEEKS[0]), parse(ends),
        reason=reason, by=world.people["Carla"], now=now,
    )  # fmt: skip


def count(database: Database, table: type[Override] | type[Rotation]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count(table.id))) or 0


def test_two_weeks_on_end_need_a_reason_and_it_is_logged(database: Database, world: World, clock: FakeClock) -> None:
    with pytest.raises(lawful.Unlawful) as told, database.write() as session:
        move(session, world, "Pieter", clock.moment)
    assert count(database, Override) == 0
    assert {(name.split()[0], breach.rule) for name, breach in told.value.told} == {("Pieter", "R2b"), ("Pieter", "R2a")}
    with pytest.raises(lawful.Unlawful), database.write() as session:
        move(session, world, "Pieter", clock.moment, reason="omdat het kan")
    with database.write() as session:
        move(session, world, "Pieter", clock.moment, reason="nobody_else")
    with database.read() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.act == "rota.unlawful")).all()
    assert {each.detail["rule"] for each in entries} == {"R2a", "R2b"}
    assert all(each.detail["reason"] == "nobody_else" and each.detail["person"] == world.people["Pieter"] for each in entries)


def test_a_lawful_move_and_one_that_makes_nothing_worse_need_none(
    database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        move(session, world, "Pieter", clock.moment, ends="2026-12-14T08:00")
        move(session, world, "Tom", clock.moment)  # he has standby on one line or the other all the time
    assert count(database, Override) == 2


def test_a_team_too_small_is_told_at_once(database: Database, world: World, clock: FakeClock) -> None:
    def rotate(session: Session, *who: str, reason: str = "") -> Rotation | None:
        return lawful.edit_rotation(
            session, world.lines["first_line"], members=[world.people[each] for each in who], starts_on=date(2026, 12, 7),
            handoff=time(17), weeks=1, reason=reason, by=world.people["Carla"], now=clock.moment,
        )  # fmt: skip

    with pytest.raises(lawful.Unlawful) as told, database.write() as session:
        rotate(session, "Pieter", "Samira")
    assert told.value.team.startswith("Een ploeg van 2 is te klein voor dit rooster: regel R2a")
    assert "Met 3 mensen kan het wel" in told.value.team
    before = count(database, Rotation)
    with database.write() as session:
        rotate(session, "Pieter", "Samira", reason="fallen_out")
    assert count(database, Rotation) == before + 1
    with database.read() as session:
        acts = set(session.scalars(select(AuditEntry.act)))
    assert {"rota.edited", "rota.team_too_small", "rota.unlawful"} <= acts
    with database.write() as session:
        assert rotate(session) is None, "an empty line breaks nothing"


def test_an_error_blocks_publishing_unless_there_is_a_reason(database: Database, world: World, clock: FakeClock) -> None:
    """In the test world two people have standby all the time."""
    def publish(session: Session, reason: str) -> int:
        return lawful_publishing.publish(
            session, world.desk, days=56, reason=reason, by=world.people["Carla"], now=clock.moment).number

    with pytest.raises(lawful.Unlawful) as told, database.write() as session:
        publish(session, "")
    assert {name.split()[0] for name, _ in told.value.told} == {"Samira", "Tom"}
    with database.write() as session:
        assert session.scalar(select(func.count(Publication.id))) == 0
        assert publish(session, "nobody_else") == 1
        acts = session.scalars(select(AuditEntry.subject).where(AuditEntry.act == "rota.unlawful")).all()
    assert set(acts) == {"desk"}


@pytest.fixture
def night(database: Database, world: World, clock: FakeClock) -> Engine:
    """Samira is called at 02:10 and takes it at 02:14."""
    give_phones(database, world, clock.moment, "Samira", "Tom")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment)
    engine.tick()
    clock.move(minutes=4)
    with database.write() as session:
        acknowledgement.acknowledge(session, 1, by=world.people["Samira"], via="screen", token="a", now=clock.moment)
    return engine


def act(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        samira, now = world.people["Samira"], clock.moment
        progress.record(session, 1, "note", by=samira, note="Nog bezig", token=f"{now}", now=now)


def test_a_call_out_is_from_the_call_to_the_last_act(
    database: Database, world: World, clock: FakeClock, night: Engine
) -> None:
    clock.move(minutes=66)
    with database.write() as session:
        progress.close(session, 1, "solved", by=world.people["Samira"], note="", token="c", now=clock.moment)
    people = [world.people["Samira"], world.people["Tom"]]
    with database.read() as session:
        outs = lawfulness.real_call_outs(session, people, clock.moment - timedelta(days=1), clock.moment + timedelta(minutes=1))
    assert outs == {world.people["Samira"]: [CallOut(parse("2026-11-28T02:10"), parse("2026-11-28T03:20"))]}


def test_more_than_thirteen_hours_are_told_and_never_stop_a_call(
    database: Database, world: World, clock: FakeClock, night: Engine
) -> None:
    samira = world.people["Samira"]
    for _ in range(9):
        clock.move(minutes=90)
        act(database, world, clock)
    with database.read() as session:
        period = Span(parse("2026-11-28T00:00"), parse("2026-11-29T00:00"))
        found = lawfulness.breaches(session, [samira], period, now=clock.moment)
    (thirteen,) = [each for each in found[samira] if each.rule == "R4"]
    assert (thirteen.measured, thirteen.severity) == (13 * 60 + 34, "error")
    send_report(database, world, clock.moment, key="r2")
    night.tick()
    with database.write() as session:
        acknowledgement.acknowledge(session, 2, by=samira, via="screen", token="b", now=clock.moment)
        assert session.scalar(select(func.count(Acknowledgement.id))) == 2
