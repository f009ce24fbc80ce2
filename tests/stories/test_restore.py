"""A backup is made while everything runs and put back hours later: nothing from before goes out, people are told, and go on."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import NOODGEVAL, give_phones, names, send_report
from tests.steps.engine import HOUSE, Engine
from webcare_pwa import backup
from webcare_pwa.clock import real_now
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.models.guard import Restore
from webcare_pwa.models.incident import Incident, Round
from webcare_pwa.models.reply import Mail
from webcare_pwa.models.report import Message, Report
from webcare_pwa.steps import acknowledgement, restoring


def command(app: Flask, *words: str) -> tuple[int, str]:
    told = app.test_cli_runner().invoke(args=list(words))
    return told.exit_code, told.output


def everything_stopped(database: Database) -> None:
    with database.write() as session:
        session.execute(update(Heartbeat).values(at=real_now() - timedelta(minutes=2)))


@pytest.fixture
def file(app: Flask, database: Database, world: World, clock: FakeClock, tmp_path: Path) -> Path:
    """A backup with an acknowledged case, a page and a mail that wait, and a report nobody judged yet."""
    give_phones(database, world, clock.moment, "Samira", "Tom", "Carla")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment, key="taken")
    engine.tick()
    with database.write() as session:
        incident = session.scalars(select(Incident.id)).one()
        acknowledgement.acknowledge(session, incident, by=world.people["Samira"], via="screen", token="t", now=clock.moment)
    engine.push.free = engine.mail.free = 0
    send_report(database, world, clock.moment, NOODGEVAL, key="unsent")
    engine.tick()
    send_report(database, world, clock.moment, NOODGEVAL, key="unjudged")
    path = tmp_path / "webcare.backup"
    code, told = command(app, "backup", str(path))
    assert code == 0, told
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return path


@pytest.fixture
def restored(app: Flask, database: Database, clock: FakeClock, file: Path) -> str:
    """Two hours later it is put back; what the command said."""
    clock.move(hours=2)
    everything_stopped(database)
    code, told = command(app, "restore", str(file))
    assert code == 0, told
    return told


def test_nothing_from_before_goes_out_and_the_coordinator_hears_of_it(
    database: Database, restored: str, clock: FakeClock
) -> None:
    assert "3 open urgent incidents" in restored
    engine, since = Engine(database, clock), clock.moment
    first = engine.tick()
    assert names(first) == ["Carla"]
    assert b"3 open storingen worden niet opgeroepen" in first[0].payload
    engine.pass_time(minutes=40)
    with database.read() as session:
        kinds = session.scalars(select(Alert.kind).join(Delivery).where(Delivery.outcome == "accepted")).all()
        assert sorted(kinds) == ["alarm", "step"]  # the step went out before the backup
        held = session.scalars(select(func.count()).select_from(Delivery).where(Delivery.outcome == "held")).one()
        assert held >= 2
        tenants = select(Mail.outcome).where(Mail.reply_id.is_not(None))
        assert session.scalars(tenants.where(Mail.outcome_at > since)).all() == []
        assert list(session.scalars(tenants)).count("held") >= 2
        assert not session.scalars(select(Message).where(Message.judged_at.is_(None))).all()


def test_a_person_resumes_a_case_and_it_escalates_again(
    database: Database, restored: str, world: World, clock: FakeClock
) -> None:
    clock.move(seconds=1)
    every = frozenset({world.waterveen, world.linde})
    with database.write() as session:
        incident = max(restoring.urgent_held(session, every))
        restoring.resume(session, incident, by=world.people["Carla"], now=clock.moment, house=HOUSE)
        assert incident not in restoring.urgent_held(session, every)
    engine = Engine(database, clock)
    assert names(engine.tick()) == ["Carla", "Samira"]
    assert "Tom" in names(engine.pass_time(minutes=6))
    with database.read() as session:
        newest = session.scalars(select(Round).where(Round.incident_id == incident).order_by(Round.number.desc())).first()
        assert newest and newest.reason == "restored"


def test_what_comes_in_afterwards_pages_as_ever(
    database: Database, restored: str, world: World, clock: FakeClock
) -> None:
    clock.move(seconds=1)
    send_report(database, world, clock.moment, NOODGEVAL, key="new")
    assert "Samira" in names(Engine(database, clock).tick())


def test_it_refuses_while_somebody_lives(app: Flask, database: Database, file: Path) -> None:
    code, told = command(app, "restore", str(file))
    assert code == 1
    assert "still run" in told
    with database.read() as session:
        assert session.scalars(select(Restore)).all() == []
    everything_stopped(database)
    other = Database(database.engine.url.render_as_string(hide_password=False))
    with other.read() as session:
        session.scalars(select(Restore)).all()
        code, told = command(app, "restore", str(file))
    other.close()
    assert code == 1
    assert "still run" in told


def test_what_was_there_is_kept_and_can_be_put_back(app: Flask, database: Database, restored: str) -> None:
    kept = Path(restored.partition("kept in ")[2].partition(".\n")[0])
    code, told = command(app, "restore", str(kept), "--yes")
    assert code == 0, told
    with database.read() as session:
        assert len(session.scalars(select(Restore)).all()) == 1


def test_a_damaged_file_is_refused_and_changes_nothing(app: Flask, database: Database, file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(b"no backup at all" + whole[16:])
    everything_stopped(database)
    code, told = command(app, "restore", str(file))
    assert code == 1, told
    with database.read() as session:
        assert len(session.scalars(select(Report)).all()) == 3
        assert session.scalars(select(Restore)).all() == []


def test_a_backup_in_a_stream_of_writes_is_of_one_moment(
    app: Flask, database: Database, world: World, clock: FakeClock, tmp_path: Path
) -> None:
    """Each transaction writes a report and its message; a copy that tears one apart would have an odd number."""
    stop, written = Event(), 0

    def write() -> None:
        nonlocal written
        while not stop.is_set():
            send_report(database, world, clock.moment, key=f"stream-{written}")
            written += 1

    writer = Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            backup.save(database, tmp_path / f"{number}")
    finally:
        stop.set()
        writer.join()
    everything_stopped(database)
    code, told = command(app, "restore", str(tmp_path / "3"))
    assert code == 0, told
    with database.read() as session:
        reports = session.scalars(select(func.count()).select_from(Report)).one()
        messages = session.scalars(select(func.count()).select_from(Message)).one()
    assert 0 < reports == messages < written
