"""Who a step of the escalation means, gaps, and changing the rota; on every database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.builders import World, add_device
from tests.fakes import FakeClock
from webcare_pwa.db import Database
from webcare_pwa.models import plan as plans
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.organisation import OfficeHours
from webcare_pwa.models.person import Person, Role
from webcare_pwa.models.rota import Line
from webcare_pwa.models.rota_changes import Absence
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps import planning, rota


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


def test_leave_is_a_gap_of_its_own_and_keeps_one_out_of_the_pool(database: Database, world: World, clock: FakeClock) -> None:
    now = clock.moment
    with database.write() as session:
        pool = rota.people_for(session, world.waterveen, "pool", now)
        assert world.people["Samira"] in pool
        session.add(Absence(
            person_id=world.people["Samira"], starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1),
            created_by_id=world.people["Carla"], created_at=now,
        ))  # fmt: skip
        session.flush()
        assert rota.people_for(session, world.waterveen, "first_line", now) == []
        assert set(pool) - set(rota.people_for(session, world.waterveen, "pool", now)) == {world.people["Samira"]}
        found = rota.gaps(session, world.desk, now - timedelta(hours=1), now + timedelta(hours=1))
        assert [(gap.reason, gap.person_id) for gap in found] == [("on_leave", world.people["Samira"])]
