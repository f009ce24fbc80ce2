"""The demo: believable, rebuilt at will, and its clock never runs backwards."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, text

from tests.fakes import FakeClock
from tests.steps.engine import Engine
from webcare_pwa import rulebook
from webcare_pwa.cli.demo import demo
from webcare_pwa.clock import Clock, local
from webcare_pwa.db import Database
from webcare_pwa.demo import book, build
from webcare_pwa.factory import create_app
from webcare_pwa.house import House
from webcare_pwa.models import situation, situations
from webcare_pwa.models.device import Device
from webcare_pwa.models.dwelling import Complex, Contact, Dwelling
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.person import Role
from webcare_pwa.models.plan import rota_plan
from webcare_pwa.rules.access import ROLES
from webcare_pwa.rules.rota import on_call_at
from webcare_pwa.settings import Settings
from webcare_pwa.steps import night, rota
from webcare_pwa.steps.push_only import push_only

REAL = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday


@pytest.fixture(autouse=True)
def _real_clock() -> Iterator[None]:
    with time_machine.travel(REAL, tick=False):
        yield


HOUSE = House("http://localhost", "demo-" * 10, rulebook.load())


@pytest.fixture(scope="module")
def demo_file(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo, built once on a Tuesday."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    shutil.copy(empty_sqlite, path)
    database = Database(f"sqlite:///{path}", durable=False)
    with time_machine.travel(REAL, tick=False):
        build.build(database, Clock(demo=True), HOUSE)
    with database.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    database.close()
    return path


@pytest.fixture
def built(demo_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A copy of it."""
    shutil.copy(demo_file, tmp_path / "demo.db")
    database = Database(f"sqlite:///{tmp_path / 'demo.db'}", durable=False)
    yield database
    database.close()


def start_of(database: Database) -> datetime:
    with database.read() as session:
        return Clock(demo=True).now(session)


def everything(database: Database) -> list[situation.Situation]:
    with database.read() as session:
        ids = frozenset(session.scalars(select(Organisation.id)))
        now = Clock(demo=True).now(session)
        return situations.recent(session, ids, since=now - timedelta(days=9), now=now, rulebook=HOUSE.rulebook)


def test_it_holds_two_organisations_one_desk_and_every_role(built: Database) -> None:
    start = start_of(built)
    assert local(start).strftime("%a %H:%M") == "Sat 02:05"
    with built.read() as session:
        assert len(set(session.scalars(select(Organisation.desk_id)))) == 1
        assert session.scalar(select(func.count()).select_from(Complex)) == 4
        assert 55 <= (session.scalar(select(func.count()).select_from(Dwelling)) or 0) <= 65
        assert session.scalar(select(func.count()).select_from(Contact))
        assert set(session.scalars(select(Role.role))) == set(ROLES)
        assert len(build.logins(built)) == 8
        names = {each.email.partition("@")[0]: number for number, each in enumerate(build.logins(built), 1)}
        plan = rota_plan(session, session.scalars(select(Organisation.desk_id)).first() or 0)
        assert on_call_at(plan, "first_line", start) == names["samira"]
        assert on_call_at(plan, "backup", start) == names["tom"]
        assert all(on_call_at(plan, "first_line", start + timedelta(days=day)) for day in range(60))


def test_the_worker_finds_nothing_wrong_with_it(built: Database) -> None:
    clock = FakeClock()
    clock.moment = start_of(built)
    engine = Engine(built, clock)
    engine.pass_time(minutes=20)  # a stage that fails fails here
    assert not engine.troubles.lines


def test_the_nights_went_through_the_real_steps(built: Database) -> None:
    cases = everything(built)
    assert Counter(case.urgency for case in cases) == {"spoed": 4, "werkdag": 4}
    assert [case.urgency for case in cases if case.is_open] == ["werkdag", "werkdag"]
    backup = next(case for case in cases if case.category == "lift_opsluiting")
    assert backup.owner and backup.owner.first_name == "Tom"
    assert {alert.person.first_name for alert in backup.alerts} == {"Samira", "Tom"}
    for case in cases:
        assert not [alert for alert in case.alerts if alert.kind == "alarm"]
        assert all(page.outcome == "accepted" for alert in case.alerts for page in alert.deliveries)
        assert all(reply.mail is None or reply.mail.outcome == "accepted" for reply in case.replies)
        assert not any("{" in reply.text_nl + reply.text_en for reply in case.replies)
    english = next(case for case in cases if case.facts.language == "en")
    assert all(reply.text_en for reply in english.replies)


def test_the_morning_has_something_to_take_over_and_a_late_promise(built: Database) -> None:
    with built.read() as session:
        ids = frozenset(session.scalars(select(Organisation.id)))
        nights = night.night_list(session, ids, now=Clock(demo=True).now(session), rulebook=HOUSE.rulebook)
    assert [len(each.waiting) for each in nights] == [3, 2]
    assert sum(each.late for each in nights) == 1


def test_only_a_visitors_own_phone_can_be_paged(built: Database) -> None:
    with built.read() as session:
        assert session.scalars(select(Device.id).where(Device.removed_at.is_(None))).all() == []


@pytest.mark.parametrize("real", [
    datetime(2026, 11, 28, 1, 4, 59, tzinfo=UTC),  # a second before
    datetime(2026, 11, 28, 1, 5, tzinfo=UTC),  # at the start itself: a week on
    datetime(2027, 3, 27, 12, tzinfo=UTC),  # the week of the clock change
    datetime(2026, 7, 5, tzinfo=UTC),
])  # fmt: skip
def test_its_start_is_a_saturday_0205_in_the_future(real: datetime) -> None:
    start = book.next_start(real)
    assert timedelta() < start - real <= timedelta(days=7, hours=1)
    assert local(start).strftime("%a %H:%M") == "Sat 02:05"


@pytest.mark.parametrize("real", [datetime(2026, 7, 7, 12, tzinfo=UTC), datetime(2027, 3, 24, 12, tzinfo=UTC)])
def test_it_can_be_built_in_any_season(database: Database, real: datetime) -> None:
    with time_machine.travel(real, tick=False):
        build.build(database, Clock(demo=True), HOUSE)
        assert Counter(case.urgency for case in everything(database)) == {"spoed": 4, "werkdag": 4}


def test_its_clock_runs_on_and_a_reset_jumps_forward(database: Database) -> None:
    clock = Clock(demo=True)
    first = build.build(database, clock, HOUSE)
    with time_machine.travel(REAL + timedelta(hours=3), tick=False), database.read() as session:
        assert timedelta() <= clock.now(session) - first - timedelta(hours=3) <= timedelta(seconds=1)
    second = build.build(database, clock, HOUSE)
    assert second - first == timedelta(days=7)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Incident)) == 8


@pytest.fixture
def demo_app(settings: Settings, database: Database) -> Flask:
    """The app with demo settings."""
    return create_app(replace(settings, demo=True), database=database, clock=Clock(demo=True))


def test_the_command_builds_once_and_says_where_to_look(demo_app: Flask, database: Database) -> None:
    runner = demo_app.test_cli_runner()
    told = runner.invoke(demo, ["--if-empty"])
    assert told.exit_code == 0, told.output
    for words in ("http://localhost/login", "samira@waterveen.example", "zaterdag 28-11-2026 02:05", book.load()["password"]):
        assert words in told.output
    again = runner.invoke(demo, ["--if-empty"])
    assert again.exit_code == 0
    assert runner.invoke(demo, []).exit_code != 0  # there is data already
    reset = runner.invoke(demo, ["--reset"])
    assert "zaterdag 05-12-2026 02:05" in reset.output


def test_without_demo_settings_nothing_is_thrown_away(app: Flask, database: Database) -> None:
    result = app.test_cli_runner().invoke(demo, ["--reset"])
    assert result.exit_code != 0
    with database.read() as session:
        assert session.scalars(select(Organisation)).all() == []


def test_the_rota_is_not_red_without_a_reason(built: Database) -> None:
    """Everybody on a line has a contact that was proven, so nothing is a gap before a visitor breaks something."""
    with built.read() as session:
        now = Clock(demo=True).now(session)
        desk = session.scalars(select(Organisation.desk_id)).first() or 0
        assert rota.gaps(session, desk, now, now + timedelta(days=60)) == []
        assert push_only(session, desk, now) == []
