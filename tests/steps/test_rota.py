"""Who a step of the escalation means, gaps, and changing the rota; on every database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.builders import World, add_device
from tests.fakes import FakeClock
from webcare_pwa.db import Database
from webcare_pwa.errors import Invalid, NotFound, NotPossibleNow
from webcare_pwa.models import plan as plans
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.audit import AuditEntry
from webcare_pwa.models.organisation import OfficeHours
from webcare_pwa.models.person import Person, Role
from webcare_pwa.models.rota import Line, Override, Rotation
from webcare_pwa.rules.rota import on_call_at
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps import planning, roster, rota


def names(session: Session, found: list[int]) -> list[str]:
    people = plans.names_of(session, found)
    return [people[each].split()[0] for each in found]


@pytest.mark.parametrize(
    ("who", "at", "expected"),
    [
        ("first_line", "2026-11-28T02:10", ["Samira"]),
        ("backup", "2026-11-28T02:10", ["Tom"]),
        ("first_line", "2026-11-30T08:00", ["Tom"]),
        ("first_line", "2026-11-23T07:59", []),
        ("coordinator", "2026-11-28T02:10", ["Carla"]),
        ("pool", "2026-11-28T02:10", ["Samira", "Tom", "Pieter"]),
        ("day_line", "2026-11-27T10:00", ["Samira", "Carla"]),  # nobody on the day line
        ("day_line", "2026-11-20T10:00", ["Samira", "Carla"]),  # nobody on first line either: the coming shift
        ("day_line", "2026-11-01T10:00", ["Carla"]),
    ],
)
def test_people_for(database: Database, world: World, who: str, at: str, expected: list[str]) -> None:
    with database.read() as session:
        assert names(session, rota.people_for(session, world.waterveen, who, parse(at))) == expected


def test_an_unknown_step_is_a_mistake_not_nobody(database: Database, world: World, clock: FakeClock) -> None:
    with database.read() as session, pytest.raises(ValueError, match="neighbour"):
        rota.people_for(session, world.waterveen, "neighbour", clock.moment)


def test_coordinators_belong_to_their_organisation(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        session.add(Role(person_id=world.people["Linda"], organisation_id=world.linde, role="coordinator"))
        session.flush()
        assert names(session, rota.people_for(session, world.waterveen, "coordinator", clock.moment)) == ["Carla"]
        assert names(session, rota.people_for(session, world.linde, "coordinator", clock.moment)) == ["Carla", "Linda"]


def test_the_day_line_has_its_own_rota(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        start, end = parse("2026-12-01T08:00"), parse("2026-12-01T17:00")
        planning.move_shift(
            session, world.lines["day_line"], world.people["Pieter"], start, end,
            by=world.people["Carla"], now=clock.moment,
        )  # fmt: skip
        assert rota.people_for(session, world.waterveen, "day_line", start) == [world.people["Pieter"]]
        assert names(session, rota.people_for(session, world.waterveen, "day_line", end)) == ["Tom", "Carla"]


def disable(session: Session, world: World) -> None:
    session.get_one(Person, world.people["Samira"]).disabled_at = parse("2026-11-27T00:00")


def lose_the_role_in_one(session: Session, world: World) -> None:
    mine = Role.person_id == world.people["Samira"], Role.organisation_id == world.linde
    session.execute(delete(Role).where(*mine))


@pytest.mark.parametrize("change", [disable, lose_the_role_in_one])
def test_who_may_not_stand_is_a_gap(
    database: Database, world: World, clock: FakeClock, change: Callable[[Session, World], None]
) -> None:
    with database.write() as session:
        change(session, world)
    with database.read() as session:
        now = clock.moment
        assert rota.people_for(session, world.waterveen, "first_line", now) == []
        assert names(session, rota.people_for(session, world.waterveen, "pool", now)) == ["Tom", "Pieter"]
        found = rota.gaps(session, world.desk, now, now + timedelta(hours=1))
        assert [(gap.starts_at, gap.ends_at, gap.reason) for gap in found] == [(now, now + timedelta(hours=1), "not_allowed")]


def test_duty_time_is_when_one_office_is_closed(database: Database, world: World) -> None:
    with database.write() as session:
        late = select(OfficeHours).where(OfficeHours.organisation_id == world.linde, OfficeHours.weekday == 4)
        session.scalars(late).one().closes = time(20)
        session.flush()
        friday = parse("2026-11-27T18:00")
        assert not rota.is_office_open(session, world.waterveen, friday)
        assert rota.is_office_open(session, world.linde, friday)
        assert rota.desk_is_on_duty(session, world.desk, friday)
        assert not rota.desk_is_on_duty(session, world.desk, parse("2026-11-27T16:59"))
        assert rota.next_closing(session, world.linde, friday) == parse("2026-11-27T20:00")


def gaps(session: Session, world: World, start: str, end: str) -> list[tuple[datetime, datetime, str]]:
    found = rota.gaps(session, world.desk, parse(start), parse(end))
    return [(gap.starts_at, gap.ends_at, gap.reason) for gap in found]


def test_a_shift_without_a_waking_device_is_a_gap_in_duty_time_only(database: Database, world: World) -> None:
    registered = parse("2026-11-20T12:00")
    stretch = "2026-11-27T12:00", "2026-12-01T12:00"
    with database.write() as session:
        add_device(session, world.people["Tom"], "https://push.example/tom", registered)
        add_device(session, world.people["Samira"], "https://push.example/desktop", registered, waking=False)
        expected = [(parse("2026-11-27T17:00"), parse("2026-11-30T08:00"), "no_device")]
        assert gaps(session, world, *stretch) == expected
        phone = add_device(session, world.people["Samira"], "https://push.example/samira", registered)
        assert gaps(session, world, *stretch) == []
        phone.removed_at = parse("2026-11-26T12:00")
        session.flush()
        assert gaps(session, world, *stretch) == expected


def test_a_dead_device_is_a_gap_until_it_is_registered_again(database: Database, world: World) -> None:
    stretch = "2026-11-27T18:00", "2026-11-27T19:00"
    with database.write() as session:
        phone = add_device(session, world.people["Samira"], "https://push.example/samira", parse("2026-11-20T12:00"))
        said_gone = parse("2026-11-27T12:00")
        alert = Alert(key="test", kind="test", person_id=phone.person_id, at=said_gone)
        session.add(alert)
        session.flush()
        session.add(Delivery(
            alert_id=alert.id, device_id=phone.id, created_at=said_gone, due_at=said_gone, outcome="gone",
            outcome_at=said_gone,
        ))  # fmt: skip
        session.flush()
        assert [reason for _, _, reason in gaps(session, world, *stretch)] == ["no_device"]
        phone.registered_at = parse("2026-11-27T13:00")
        session.flush()
        assert gaps(session, world, *stretch) == []


def test_an_empty_rota_is_one_gap_per_closed_stretch(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        for line in session.scalars(select(Line)):
            for each in line.rotations:
                session.delete(each)
    with database.read() as session:
        assert gaps(session, world, "2026-11-26T12:00", "2026-11-30T12:00") == [
            (parse("2026-11-26T17:00"), parse("2026-11-27T08:00"), "nobody"),
            (parse("2026-11-27T17:00"), parse("2026-11-30T08:00"), "nobody"),
        ]


# -- moving by hand ---------------------------------------------------------------------------------------------------


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
    return planning.edit_rotation(
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


# -- the walls, and the screen ----------------------------------------------------------------------------------------


def test_only_who_is_served_by_the_desk_reaches_its_lines(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        line = world.lines["first_line"]
        moved = move(session, world, "Tom", "2026-11-28T18:00", "2026-11-29T08:00", clock.moment)
        assert plans.line_for(session, line, frozenset({world.linde})).id == line
        assert plans.override_for(session, moved.id, frozenset({world.waterveen})).id == moved.id
        for elsewhere in (frozenset[int](), frozenset({999})):
            assert plans.desks_for(session, elsewhere) == []
            with pytest.raises(NotFound):
                plans.line_for(session, line, elsewhere)
            with pytest.raises(NotFound):
                plans.override_for(session, moved.id, elsewhere)


def test_the_sheet_says_what_is_paged(database: Database, world: World, clock: FakeClock) -> None:
    registered = parse("2026-11-20T12:00")
    with database.write() as session:
        for who in ("Samira", "Tom"):
            add_device(session, world.people[who], f"https://push.example/{who}", registered)
        move(session, world, "Pieter", "2026-12-05T08:00", "2026-12-06T08:00", clock.moment)
    with database.read() as session:
        desk = plans.desks_for(session, frozenset({world.waterveen}))[0]
        sheet = roster.sheet(session, desk, now=clock.moment)
        first, backup, day = sheet.lines
        assert (first.on_now.name, first.on_now.ends_at) == ("Samira de Vries", parse("2026-11-30T08:00"))
        assert first.coming is not None
        assert first.coming.name == "Tom de Vries"
        assert (day.on_now.person_id, day.on_now.ends_at, day.coming) == (None, None, None)
        for row in first.rows:
            assert rota.people_for(session, world.waterveen, "first_line", row.starts_at) == [row.person_id]
        assert [(row.name, row.moved) for row in first.rows if row.reason] == [("Pieter de Vries", True)]
        assert all(row.reason == "" for row in backup.rows)
        assert [each.name for each in sheet.moves] == ["Pieter de Vries"]
        assert {row.line for row in sheet.rows_of(world.people["Tom"])} == {"first_line", "backup"}
        assert first.rows[-1].ends_at == parse("2026-12-28T08:00")  # not cut off at four weeks
