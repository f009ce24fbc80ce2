"""What only time brings about: office hours, closing time, the half hour, the tenant who must be told."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import NOODGEVAL, SPOED, about_cases, give_phones, names, only_case, send_report
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.models.reply import Reply
from webcare_pwa.steps import acknowledgement

FRIDAY_1600 = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)


def test_a_spoed_in_office_hours_waits_and_turns_into_an_alert_the_minute_the_office_closes(
    database: Database, world: World, clock: FakeClock
) -> None:
    clock.moment = FRIDAY_1600
    give_phones(database, world, clock.moment, "Samira", "Carla")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment, SPOED)
    assert about_cases(engine.pass_time(minutes=29)) == []
    assert names(about_cases(engine.pass_time(minutes=2))) == ["Carla"]  # nobody picked it up for half an hour
    clock.moment = datetime(2026, 11, 27, 15, 59, 59, tzinfo=UTC)
    assert about_cases(engine.tick()) == []
    assert names(about_cases(engine.pass_time(seconds=1))) == ["Samira"]
    case = only_case(database, world, clock.moment)
    assert case.round is not None and (case.round.reason, case.round.started_at) == ("closing_time", clock.moment)


def test_a_spoed_the_day_team_took_stays_quiet_at_closing_time(database: Database, world: World, clock: FakeClock) -> None:
    clock.moment = FRIDAY_1600
    give_phones(database, world, clock.moment, "Samira", "Carla")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment, SPOED)
    engine.tick()
    case = only_case(database, world, clock.moment)
    with database.write() as session:
        acknowledgement.acknowledge(
            session, case.incident.id, by=world.people["Carla"], via="screen", token="t", now=clock.moment
        )
    clock.moment = datetime(2026, 11, 27, 16, 5, tzinfo=UTC)
    assert about_cases(engine.tick()) == []


def test_a_noodgeval_in_office_hours_calls_first_line_and_coordinator_when_there_is_no_day_line(
    database: Database, world: World, clock: FakeClock
) -> None:
    clock.moment = FRIDAY_1600
    give_phones(database, world, clock.moment, "Samira", "Carla")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment, NOODGEVAL)
    assert sorted(names(about_cases(engine.tick()))) == ["Carla", "Samira"]


def test_the_tenant_is_told_once_that_nobody_came(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira", "Carla")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment, SPOED)
    engine.pass_time(minutes=29)
    told = select(Reply.template).where(Reply.template == "auto_niemand_aangenomen")
    with database.read() as session:
        assert session.scalars(told).all() == []
    engine.pass_time(minutes=5)
    with database.read() as session:
        assert session.scalars(told).all() == ["auto_niemand_aangenomen"]
