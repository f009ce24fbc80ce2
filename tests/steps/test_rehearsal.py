"""A shift starts proven: Friday 27 November 2026, the office closes at 17:00; Samira has the first line, Tom the backup."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.cases import give_phones, names, send_report
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.rehearsal import Confirmation, Rehearsal
from webcare_pwa.models.reply import Mail
from webcare_pwa.ports import PushJob
from webcare_pwa.rules.wall_time import parse, wall
from webcare_pwa.steps import acknowledgement, planning, rehearsals, rota
from webcare_pwa.steps.standing import standing

FRIDAY = "2026-11-27"


@pytest.fixture
def engine(database: Database, world: World, clock: FakeClock) -> Engine:
    """At 15:59; everybody has a phone."""
    clock.moment = parse(f"{FRIDAY}T15:59")
    give_phones(database, world, clock.moment, "Samira", "Tom", "Pieter", "Carla")
    return Engine(database, clock)


def until(engine: Engine, clock: FakeClock, at: str) -> list[str]:
    """Let time pass up to a moment, a tick each five minutes on the clock; returns who was pushed to and when."""
    sent = [f"{wall(clock.moment):%H:%M} {name}" for name in names(engine.tick())]
    while clock.moment < parse(at):
        pause = min((parse(at) - clock.moment).total_seconds(), 300 - clock.moment.timestamp() % 300)
        clock.move(seconds=pause)
        sent += [f"{wall(clock.moment):%H:%M} {name}" for name in names(engine.tick())]
    return sent


def pages(jobs: list[PushJob]) -> list[dict[str, object]]:
    return [json.loads(job.payload)["notification"] for job in jobs]


def confirm(database: Database, world: World, clock: FakeClock, *people: str) -> None:
    """The newest rehearsal of each, as the tap on the phone does it."""
    with database.write() as session:
        for name in people:
            newest = select(Alert.id).where(Alert.person_id == world.people[name], Alert.kind.in_(("rehearsal", "sound")))
            alert_id = session.scalars(newest.order_by(Alert.id.desc())).first()
            assert alert_id is not None
            device = session.scalar(select(Delivery.device_id).where(Delivery.alert_id == alert_id))
            rehearsals.confirm(session, alert_id, device_id=device, now=clock.moment)


def stands(database: Database, world: World, clock: FakeClock) -> tuple[str, str]:
    """Who is called first and second now."""
    by_id = {number: name for name, number in world.people.items()}
    with database.read() as session:
        first, backup = (
            [by_id[each] for each in rota.people_for(session, world.waterveen, who, clock.moment)]
            for who in ("first_line", "backup")
        )
    return "".join(first), "".join(backup)


def alarms(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Alert.note).where(Alert.kind == "alarm").order_by(Alert.id)))


def give(database: Database, world: World, clock: FakeClock, name: str, start: str, end: str, line: str = "first_line") -> None:
    with database.write() as session:
        planning.move_shift(session, world.lines[line], world.people[name], parse(start), parse(end),
                            by=world.people["Carla"], now=clock.moment)


def test_sixty_minutes_before_and_again_only_to_who_did_not_confirm(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    assert until(engine, clock, f"{FRIDAY}T16:01") == ["16:00 Samira", "16:00 Tom"]
    first = pages(engine.push.jobs)[0]
    assert first["title"] == "Proefoproep" and "om 17:00" in str(first["body"])
    assert [each["title"] for each in first["actions"]] == ["Bevestig"]  # type: ignore[attr-defined]
    confirm(database, world, clock, "Samira")
    assert until(engine, clock, f"{FRIDAY}T16:54") == ["16:50 Tom"]
    again = pages(engine.push.jobs)[-1]
    assert again["tag"] == pages(engine.push.jobs)[1]["tag"] != first["tag"]
    confirm(database, world, clock, "Tom")
    assert until(engine, clock, f"{FRIDAY}T18:00") == [] == alarms(database)
    assert stands(database, world, clock) == ("Samira", "Tom")


def test_not_confirmed_the_coordinator_hears_and_the_backup_stands_first_until_the_tap(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    until(engine, clock, f"{FRIDAY}T16:01")
    confirm(database, world, clock, "Tom")
    assert until(engine, clock, f"{FRIDAY}T16:57") == ["16:50 Samira", "16:55 Carla"]
    assert alarms(database) == ["Eerste lijn, dienst van 17:00: proefoproep niet bevestigd"]
    with database.read() as session:
        assert session.scalars(select(Mail.to_address)).all() == [world.email("Carla")]
    assert stands(database, world, clock) == ("Samira", "Tom")
    assert until(engine, clock, f"{FRIDAY}T17:01") == []
    assert stands(database, world, clock) == ("Tom", "Samira")
    clock.moment = parse("2026-11-29T03:00")
    assert stands(database, world, clock) == ("Tom", "Samira")  # the whole weekend
    confirm(database, world, clock, "Samira")
    assert stands(database, world, clock) == ("Samira", "Tom")


def test_a_report_goes_to_the_proven_phone_and_taking_one_proves_the_other(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    until(engine, clock, f"{FRIDAY}T16:01")
    confirm(database, world, clock, "Tom")
    until(engine, clock, f"{FRIDAY}T17:05")
    send_report(database, world, clock.moment)
    assert names(engine.tick()) == ["Tom"]
    called = names(engine.pass_time(minutes=5, seconds=5))
    assert called[-1] == "Samira" and set(called) == {"Tom", "Samira"}
    with database.write() as session:
        acknowledgement.acknowledge(session, 1, by=world.people["Samira"], via="notification", token="t", now=clock.moment)
    assert stands(database, world, clock) == ("Samira", "Tom")


def test_who_confirms_while_the_backup_is_being_called_is_called_next(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    until(engine, clock, f"{FRIDAY}T16:01")
    confirm(database, world, clock, "Tom")
    until(engine, clock, f"{FRIDAY}T17:05")
    send_report(database, world, clock.moment)
    engine.tick()
    engine.pass_time(minutes=4, seconds=30)
    confirm(database, world, clock, "Samira")
    assert names(engine.pass_time(seconds=35)) == ["Samira"]


def test_when_nobody_confirmed_nothing_changes_places(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    until(engine, clock, f"{FRIDAY}T17:01")
    assert stands(database, world, clock) == ("Samira", "Tom")
    assert len(alarms(database)) == 2


def test_a_backup_who_cannot_be_reached_does_not_stand_first(
    engine: Engine, database: Database, world: World, clock: FakeClock
) -> None:
    until(engine, clock, f"{FRIDAY}T16:01")
    confirm(database, world, clock, "Tom")
    until(engine, clock, f"{FRIDAY}T17:01")
    with database.write() as session:
        device = session.scalars(select(Delivery).join(Alert).where(Alert.person_id == world.people["Tom"])).first()
        assert device is not None
        session.add(Delivery(alert_id=session.scalars(select(Alert.id)).first(), device_id=device.device_id, outcome="gone",
                             created_at=clock.moment, due_at=clock.moment, outcome_at=clock.moment))
    assert stands(database, world, clock) == ("Samira", "Tom")


def test_without_a_device_the_coordinator_is_told_all_the_same(
    database: Database, world: World, clock: FakeClock
) -> None:
    clock.moment = parse(f"{FRIDAY}T15:59")
    give_phones(database, world, clock.moment, "Tom", "Carla")
    engine = Engine(database, clock)
    assert until(engine, clock, f"{FRIDAY}T16:01") == ["16:00 Tom"]
    confirm(database, world, clock, "Tom")
    assert until(engine, clock, f"{FRIDAY}T17:01") == ["16:55 Carla"]
    assert stands(database, world, clock) == ("Tom", "Samira")


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
