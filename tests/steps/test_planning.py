"""Changing the rota: moving by hand, withdrawing, weekly rotations; on every database."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import World
from tests.fakes import FakeClock
from webcare_pwa.db import Database
from webcare_pwa.errors import Invalid, NotFound, NotPossibleNow
from webcare_pwa.models import plan as plans
from webcare_pwa.models.audit import AuditEntry
from webcare_pwa.models.rota import Override, Rotation
from webcare_pwa.models.rota_changes import Swap
from webcare_pwa.rules.rota import on_call_at
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps import planning, rota
from webcare_pwa.steps.rotation import edit_rotation


def names(session: Session, found: list[int]) -> list[str]:
    people = plans.names_of(session, found)
    return [people[each].split()[0] for each in found]


def move(session: Session, world: World, who: str, start: str, end: str, now: datetime) -> Override:
    return planning.move_shift(
        session, world.lines["first_line"], world.people[who], parse(start), parse(end),
        by=world.people["Carla"], now=now,
    )  # fmt: skip


def on(session: Session, world: World, at: str) -> str:
    found = rota.people_for(session, world.waterveen, "first_line", parse(at))
    return names(session, found)[0] if found else ""


def test_move_latest_wins_and_withdraw(database: Database, world: World, clock: FakeClock) -> None:
    now, by = clock.moment, world.people["Carla"]
    with database.write() as session:
        move(session, world, "Tom", "2026-11-28T18:00", "2026-11-29T08:00", now)
        last = move(session, world, "Pieter", "2026-11-28T22:00", "2026-11-29T02:00", now)
        assert [on(session, world, f"2026-11-28T{hour}:00") for hour in (17, 18, 22)] == ["Samira", "Tom", "Pieter"]
        planning.withdraw(session, last.id, by=by, now=now)
        planning.withdraw(session, last.id, by=by, now=now)
        assert on(session, world, "2026-11-28T22:00") == "Tom"
        acts = list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))
        assert acts == ["rota.moved", "rota.moved", "rota.withdrawn"]
        assert (
            on_call_at(plans.rota_plan(session, world.desk), "first_line", parse("2026-11-28T22:00")) == (world.people["Tom"])
        )


def test_the_same_move_twice_is_one(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        stretch = "2026-11-28T18:00", "2026-11-29T08:00"
        first = move(session, world, "Tom", *stretch, clock.moment)
        assert move(session, world, "Tom", *stretch, clock.move(seconds=1)).id == first.id
        move(session, world, "Pieter", *stretch, clock.moment)
        assert move(session, world, "Tom", *stretch, clock.moment).id != first.id  # something came in between


def test_the_past_is_never_rewritten(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        moved = move(session, world, "Tom", "2026-11-28T01:00", "2026-11-28T06:00", clock.moment)
        assert moved.starts_at == clock.moment
        assert on(session, world, "2026-11-28T02:09") == "Samira"
        clock.move(minutes=30, seconds=20)
        planning.withdraw(session, moved.id, by=world.people["Carla"], now=clock.moment)
        assert [on(session, world, f"2026-11-28T02:{minute}") for minute in (39, 40)] == ["Tom", "Samira"]
        with pytest.raises(NotPossibleNow):
            planning.withdraw(session, moved.id, by=world.people["Carla"], now=clock.move(minutes=1))


@pytest.mark.parametrize(
    ("who", "start", "end", "field"),
    [
        ("Tom", "2026-11-28T18:00", "2026-11-28T18:00", "ends_at"),
        ("Tom", "2026-11-28T18:00", "2026-11-28T17:00", "ends_at"),
        ("Tom", "2026-11-28T18:00", "2026-12-12T18:01", "ends_at"),
        ("Tom", "2026-11-27T18:00", "2026-11-28T02:10", "ends_at"),
        ("Tom", "2026-11-28T18:00:30", "2026-11-28T19:00", "starts_at"),
        ("Tom", "2026-11-28T18:00", "2026-11-28T19:00:01", "ends_at"),
        ("Tom", "2036-11-28T18:00", "2036-11-28T19:00", "starts_at"),
        ("Carla", "2026-11-28T18:00", "2026-11-28T19:00", "person"),
        ("Kees", "2026-11-28T18:00", "2026-11-28T19:00", "person"),
    ],
)
def test_moves_that_cannot_be(
    database: Database, world: World, clock: FakeClock, who: str, start: str, end: str, field: str
) -> None:
    with database.write() as session:
        with pytest.raises(Invalid) as mistake:
            move(session, world, who, start, end, clock.moment)
        assert set(mistake.value.fields) == {field}
        assert session.scalars(select(Override)).all() == []


@pytest.mark.parametrize(("start", "end"), [("2027-10-25", "2027-11-08"), ("2027-03-22", "2027-04-05")])
def test_two_weeks_over_a_clock_change_are_two_weeks(database: Database, world: World, start: str, end: str) -> None:
    with database.write() as session:
        now = parse("2027-01-01T08:00")
        with pytest.raises(Invalid):
            move(session, world, "Tom", f"{start}T08:00", f"{end}T08:01", now)
        moved = move(session, world, "Tom", f"{start}T08:00", f"{end}T08:00", now)
        assert abs(moved.ends_at - moved.starts_at - timedelta(days=14)) == timedelta(hours=1)


def test_a_line_that_does_not_exist(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        with pytest.raises(NotFound):
            planning.move_shift(session, 999, 1, clock.moment, clock.moment, by=1, now=clock.moment)
        with pytest.raises(NotFound):
            planning.withdraw(session, 999, by=1, now=clock.moment)


# -- the weekly rotation ----------------------------------------------------------------------------------------------


def edit(
    session: Session, world: World, who: list[str], starts_on: date, now: datetime, *, handoff: time = time(17),
    weeks: int = 1, line: str = "first_line",
) -> Rotation | None:  # fmt: skip
    return edit_rotation(
        session, world.lines[line], members=[world.people[each] for each in who], starts_on=starts_on,
        handoff=handoff, weeks=weeks, by=world.people["Carla"], now=now,
    )  # fmt: skip


def test_a_new_rotation_takes_over_at_its_first_hand_off(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        edit(session, world, ["Pieter", "Tom"], date(2026, 11, 30), clock.moment)
        moments = ("2026-11-28T02:10", "2026-11-30T16:59", "2026-11-30T17:00", "2026-12-07T17:00")
        assert [on(session, world, at) for at in moments] == ["Samira", "Tom", "Pieter", "Tom"]
        edit(session, world, ["Samira"], date(2026, 11, 30), clock.moment, handoff=time(8))  # he thought again
        assert [on(session, world, at) for at in moments] == ["Samira", "Samira", "Samira", "Samira"]
        assert len(session.scalars(select(Rotation).where(Rotation.line_id == world.lines["first_line"])).all()) == 2


def test_the_same_rotation_twice_is_one(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        first = edit(session, world, ["Pieter"], date(2026, 12, 7), clock.moment)
        again = edit(session, world, ["Pieter"], date(2026, 12, 7), clock.moment)
        assert first is not None
        assert again is not None
        assert first.id == again.id
        assert session.scalars(select(AuditEntry.act)).all() == ["rota.edited"]


def test_swaps_move_with_the_shift(database: Database, world: World, clock: FakeClock) -> None:
    """The hand-off goes from 08:00 to 17:00; who had taken a week has that week still."""
    with database.write() as session:
        old = session.scalars(select(Rotation).where(Rotation.line_id == world.lines["first_line"])).one()
        for turn in (0, 2, 3):
            session.add(Swap(rotation_id=old.id, turn=turn, person_id=world.people["Pieter"],
                             created_by_id=world.people["Carla"], created_at=clock.moment))  # fmt: skip
        session.flush()
        moments = ("2026-11-28T02:10", "2026-11-30T17:00", "2026-12-07T17:00", "2026-12-14T17:00", "2026-12-21T17:00")
        assert [on(session, world, at) for at in moments] == ["Pieter", "Tom", "Pieter", "Pieter", "Samira"]
        edit(session, world, ["Tom", "Samira"], date(2026, 11, 30), clock.moment)
        assert [on(session, world, at) for at in moments] == ["Pieter", "Tom", "Pieter", "Pieter", "Samira"]
        assert on(session, world, "2026-12-07T12:00") == "Tom"  # his week ends at the new hand-off
        edit(session, world, ["Tom", "Samira"], date(2026, 11, 30), clock.moment, handoff=time(9))  # he thought again
        assert [on(session, world, at) for at in moments] == ["Pieter", "Tom", "Pieter", "Pieter", "Samira"]
        assert on(session, world, "2026-12-07T09:00") == "Pieter"


def test_swaps_of_turns_of_another_length_are_lost_and_logged(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        old = session.scalars(select(Rotation).where(Rotation.line_id == world.lines["first_line"])).one()
        session.add(Swap(rotation_id=old.id, turn=2, person_id=world.people["Pieter"],
                         created_by_id=world.people["Carla"], created_at=clock.moment))  # fmt: skip
        session.flush()
        edit(session, world, ["Tom", "Samira"], date(2026, 11, 30), clock.moment, weeks=2)
        assert on(session, world, "2026-12-08T12:00") == "Tom"
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "rota.swaps_carried")).one()
        assert entry.detail == {"carried": 0, "lost": 1}


def test_leaving_a_line_empty(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        edit(session, world, ["Pieter"], date(2026, 12, 14), clock.moment)
        assert edit(session, world, [], date(2026, 12, 1), clock.moment) is None
        moments = ("2026-11-30T12:00", "2026-12-01T07:59", "2026-12-01T08:00", "2026-12-15T12:00")
        assert [on(session, world, at) for at in moments] == ["Tom", "Tom", "", ""]


def test_an_empty_line_may_start_in_the_past(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        edit(session, world, ["Pieter"], date(2026, 11, 23), clock.moment, line="day_line")
        assert rota.people_for(session, world.waterveen, "day_line", clock.moment) == [world.people["Pieter"]]


@pytest.mark.parametrize(
    ("who", "starts_on", "handoff", "weeks", "field"),
    [
        (["Kees"], date(2026, 12, 7), time(8), 1, "members"),
        (["Tom"] * 61, date(2026, 12, 7), time(8), 1, "members"),
        (["Tom"], date(2026, 11, 23), time(8), 1, "starts_on"),  # somebody has this week already
        (["Tom"], date(2032, 11, 23), time(8), 1, "starts_on"),
        (["Tom"], date(1, 1, 1), time(8), 1, "starts_on"),
        ([], date(2026, 11, 28), time(8), 1, "starts_on"),
        (["Tom"], date(2026, 12, 7), time(8, 0, 1), 1, "handoff"),
        (["Tom"], date(2026, 12, 7), time(8), 0, "weeks"),
        (["Tom"], date(2026, 12, 7), time(8), 13, "weeks"),
    ],
)
def test_rotations_that_cannot_be(
    database: Database, world: World, clock: FakeClock, who: list[str], starts_on: date, handoff: time, weeks: int,
    field: str,
) -> None:  # fmt: skip
    with database.write() as session:
        with pytest.raises(Invalid) as mistake:
            edit(session, world, who, starts_on, clock.moment, handoff=handoff, weeks=weeks)
        assert set(mistake.value.fields) == {field}
