"""Rehearsals around the night: the evening before, the question about the sound, late hand-overs, standstills, repeats."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.cases import give_phones, names
from tests.steps.engine import Engine
from tests.steps.rehearsing import FRIDAY, alarms, confirm, give, pages, stands, until
from webcare_pwa.db import Database
from webcare_pwa.models.rehearsal import Confirmation, Rehearsal
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps import rehearsals
from webcare_pwa.steps.standing import standing


@pytest.fixture
def engine(database: Database, world: World, clock: FakeClock) -> Engine:
    """At 15:59; everybody has a phone."""
    clock.moment = parse(f"{FRIDAY}T15:59")
    give_phones(database, world, clock.moment, "Samira", "Tom", "Pieter", "Carla")
    return Engine(database, clock)


def test_a_hand_off_in_the_night_is_rehearsed_the_evening_before(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    until(engine, clock, f"{FRIDAY}T16:01")
    confirm(database, world, clock, "Samira", "Tom")
    give(database, world, clock, "Pieter", "2026-11-28T03:00", "2026-11-28T09:00")
    clock.moment = parse(f"{FRIDAY}T21:59")
    assert until(engine, clock, "2026-11-28T00:30") == [
        "22:00 Pieter", "22:30 Samira", "22:30 Tom", "22:30 Pieter", "22:50 Pieter", "22:55 Carla",
    ]
    clock.moment = parse("2026-11-28T02:55")
    assert until(engine, clock, "2026-11-28T03:05") == []
    assert stands(database, world, clock) == ("Tom", "Pieter")
    body = pages([job for job in engine.push.jobs if names([job]) == ["Pieter"]])[0]["body"]
    assert "zaterdag om 03:00" in str(body)


def test_the_evening_question_once_a_night_and_its_answer_proves_too(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    give(database, world, clock, "Samira", f"{FRIDAY}T17:00", "2026-11-30T08:00", line="backup")
    assert until(engine, clock, f"{FRIDAY}T16:01") == ["16:00 Samira"]
    assert until(engine, clock, f"{FRIDAY}T17:01") == ["16:50 Samira", "16:55 Carla"]
    clock.moment = parse(f"{FRIDAY}T22:29")
    assert until(engine, clock, f"{FRIDAY}T23:10") == ["22:30 Samira"]
    question = pages(engine.push.jobs)[-1]
    assert question["title"] == "Staat uw geluid aan?"
    assert [each["title"] for each in question["actions"]] == ["Ja, geluid staat aan"]  # type: ignore[attr-defined]
    confirm(database, world, clock, "Samira")
    with database.read() as session:
        assert standing(session, world.desk, clock.moment).first == world.people["Samira"]
    clock.moment = parse("2026-11-28T22:29")
    assert until(engine, clock, "2026-11-28T22:31") == ["22:30 Samira"]  # the next night


def test_who_gets_the_shift_at_the_last_minute_has_his_own_at_once(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    until(engine, clock, f"{FRIDAY}T16:01")
    confirm(database, world, clock, "Tom")
    until(engine, clock, f"{FRIDAY}T16:48")
    give(database, world, clock, "Pieter", f"{FRIDAY}T17:00", "2026-11-28T09:00")
    assert until(engine, clock, f"{FRIDAY}T17:04") == ["16:50 Pieter", "16:55 Carla", "17:00 Pieter"]
    assert alarms(database) == ["Eerste lijn, dienst van 17:00: proefoproep niet bevestigd"]
    assert stands(database, world, clock) == ("Tom", "Pieter")
    confirm(database, world, clock, "Pieter")
    assert stands(database, world, clock) == ("Pieter", "Tom")
    # Samira, who never confirmed, comes back on Saturday morning: a shift of its own, with a rehearsal of its own
    clock.moment = parse("2026-11-28T07:59")
    assert until(engine, clock, "2026-11-28T08:01") == ["08:00 Samira"]


def test_who_is_given_a_shift_in_the_quiet_hours_is_not_woken_for_it(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    until(engine, clock, f"{FRIDAY}T16:01")
    confirm(database, world, clock, "Samira", "Tom")
    clock.moment = parse(f"{FRIDAY}T23:30")
    give(database, world, clock, "Pieter", f"{FRIDAY}T23:45", "2026-11-28T05:00")
    assert until(engine, clock, f"{FRIDAY}T23:50") == [] == alarms(database)
    clock.moment = parse("2026-11-28T05:55")
    assert until(engine, clock, "2026-11-28T06:10") == [] == alarms(database)
    clock.moment = parse("2026-11-28T06:58")
    assert until(engine, clock, "2026-11-28T07:02") == ["07:00 Samira"]  # hers began anew at 05:00
    confirm(database, world, clock, "Samira")
    assert stands(database, world, clock) == ("Samira", "Tom")


def test_after_a_standstill_over_the_start_it_is_still_sent_and_the_backup_stands_first_meanwhile(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    until(engine, clock, f"{FRIDAY}T16:01")
    confirm(database, world, clock, "Tom")
    clock.moment = parse(f"{FRIDAY}T18:30")
    assert stands(database, world, clock) == ("Tom", "Samira")
    assert sorted(names(engine.tick())) == ["Carla", "Samira"]
    confirm(database, world, clock, "Samira")
    assert stands(database, world, clock) == ("Samira", "Tom")


def test_a_shift_that_began_before_there_were_rehearsals_has_nothing_to_confirm(
    database: Database, world: World, clock: FakeClock
) -> None:
    clock.moment = parse("2026-11-28T10:00")
    give_phones(database, world, clock.moment, "Samira", "Tom")
    engine = Engine(database, clock)
    assert until(engine, clock, "2026-11-28T12:00") == []
    assert stands(database, world, clock) == ("Samira", "Tom")


def test_a_confirmed_rehearsal_that_waits_is_not_sent_any_more(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        add_device(session, world.people["Samira"], "https://fcm.googleapis.com/tablet", clock.moment)
    engine.push.free = 0
    clock.moment = parse(f"{FRIDAY}T16:00")
    engine.worker.clockwork()
    confirm(database, world, clock, "Samira")
    engine.push.free = 100
    assert names(engine.tick()) == ["Tom"]


def test_repeats_and_a_tap_too_many_change_nothing(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    until(engine, clock, f"{FRIDAY}T16:01")
    for _ in range(2):
        confirm(database, world, clock, "Samira")
        with database.write() as session:
            rehearsals.rehearse(session, now=clock.moment)
    with database.read() as session:
        assert len(session.scalars(select(Confirmation)).all()) == 1
        assert len(session.scalars(select(Rehearsal)).all()) == 2
        assert session.scalars(select(Rehearsal.shift_starts_at)).first() == clock.moment + timedelta(minutes=59)
