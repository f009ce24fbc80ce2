"""What is published is what the rota says, whatever happens to the rota; the past stays as it was; on every database."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from tests.builders import World
from tests.fakes import FakeClock
from webcare_pwa.db import Database
from webcare_pwa.models.on_call import on_call
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.person import Person, Role
from webcare_pwa.models.plan import rota_plan
from webcare_pwa.models.publication import PublicationReading, PublishedShift, stamp, stored
from webcare_pwa.models.rota import Desk, Line, Override, Rotation, RotationMember
from webcare_pwa.models.rota_changes import Absence, ExtraHoliday, RotationWindow, Skill, Swap
from webcare_pwa.rules.rota import on_call_at, shifts_between
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps import publishing

DAYS = 28
Edit = Callable[[Session, World, random.Random, datetime], None]


def live(session: Session, world: World, at: datetime) -> dict[str, int | None]:
    plan = rota_plan(session, world.desk)
    return {line: on_call_at(plan, line, at) for line in plan.lines}


def move(session: Session, world: World, chance: random.Random, now: datetime) -> None:
    starts = now + timedelta(minutes=chance.randint(0, 40_000))
    session.add(Override(
        line_id=world.lines[chance.choice(("first_line", "backup"))], person_id=world.people[chance.choice(("Tom", "Pieter"))],
        starts_at=starts, ends_at=starts + timedelta(minutes=chance.randint(1, 4000)), created_by_id=world.people["Carla"],
        created_at=now,
    ))  # fmt: skip


def leave(session: Session, world: World, chance: random.Random, now: datetime) -> None:
    starts = now + timedelta(minutes=chance.randint(0, 40_000))
    session.add(Absence(
        person_id=world.people[chance.choice(("Tom", "Samira"))], starts_at=starts,
        ends_at=starts + timedelta(minutes=chance.randint(1, 4000)), created_by_id=world.people["Carla"], created_at=now,
    ))  # fmt: skip


def swap(session: Session, world: World, chance: random.Random, now: datetime) -> None:
    rotation = chance.choice(session.scalars(select(Rotation.id).order_by(Rotation.id)).all())
    session.add(Swap(rotation_id=rotation, turn=chance.randint(0, 4), person_id=world.people["Pieter"],
                     created_by_id=world.people["Carla"], created_at=now))  # fmt: skip


def length(session: Session, world: World, chance: random.Random, now: datetime) -> None:
    rotation = chance.choice(session.scalars(select(Rotation).order_by(Rotation.id)).all())
    rotation.unit, rotation.every = chance.choice(("hours", "days", "weeks")), chance.randint(1, 9)


def window(session: Session, world: World, chance: random.Random, now: datetime) -> None:
    rotation = chance.choice(session.scalars(select(Rotation).order_by(Rotation.id)).all())
    rotation.windows = [RotationWindow(days=chance.choice(("01234", "56", "0123456")), opens=time(17), closes=time(8),
                                       holidays=chance.choice(("any", "except")))]  # fmt: skip


def withdraw(session: Session, world: World, chance: random.Random, now: datetime) -> None:
    session.execute(update(Override).where(Override.id % 2 == 0).values(withdrawn_at=now))


def disable(session: Session, world: World, chance: random.Random, now: datetime) -> None:
    person = session.get_one(Person, world.people["Pieter"])
    person.disabled_at = None if person.disabled_at else now


EDITS: tuple[Edit, ...] = (move, move, move, leave, swap, length, window, withdraw, disable)


@pytest.mark.parametrize("seed", range(4))
def test_paged_is_published_is_planned(database: Database, world: World, clock: FakeClock, seed: int) -> None:
    """After each of many random edits, at random moments, before and after the stretches were worked out anew."""
    chance = random.Random(seed)  # noqa: S311
    now = clock.moment
    with database.write() as session:
        publishing.publish(session, world.desk, days=DAYS, by=world.people["Carla"], now=now)
    for _ in range(15):
        now += timedelta(minutes=chance.randint(1, 600))
        with database.write() as session:
            chance.choice(EDITS)(session, world, chance, now)
        moments = [now + timedelta(minutes=chance.randint(0, 20_000)) for _ in range(6)]
        with database.read() as session:
            assert [on_call(session, world.desk, at) for at in moments] == [live(session, world, at) for at in moments]
        with database.write() as session:
            publishing.keep_up(session, now=now)
            assert publishing.keep_up(session, now=now) == {}
        with database.read() as session:
            assert [stored(session, world.desk, at) for at in moments] == [live(session, world, at) for at in moments]
            assert listed(session, world, now) == worked_out(session, world, now)


def listed(session: Session, world: World, now: datetime) -> list[tuple[object, ...]]:
    start = now.replace(second=0, microsecond=0)
    rows = session.execute(
        select(Line.code, PublishedShift).join(Line, Line.id == PublishedShift.line_id)
        .where(PublishedShift.ends_at > start).order_by(Line.position, PublishedShift.starts_at)
    )  # fmt: skip
    return [
        (code, row.person_id, row.planned_id, max(row.starts_at, start), row.ends_at, row.source) for code, row in rows
    ]


def worked_out(session: Session, world: World, now: datetime) -> list[tuple[object, ...]]:
    start = now.replace(second=0, microsecond=0)
    plan = rota_plan(session, world.desk)
    until = publishing.published_until(session, world.desk)
    assert until is not None
    return [
        (line, each.person_id, each.planned_id, each.starts_at, each.ends_at, each.source)
        for line in plan.lines
        for each in shifts_between(plan, line, start, until)
        if each.planned_id is not None
    ]


def test_the_past_is_not_written_again(database: Database, world: World, clock: FakeClock) -> None:
    at = parse("2026-11-28T02:10")
    with database.write() as session:
        publishing.publish(session, world.desk, days=DAYS, by=world.people["Carla"], now=at)
    with database.write() as session:
        session.execute(update(Rotation).values(starts_on=date(2026, 11, 30)))
        publishing.keep_up(session, now=at + timedelta(hours=1))
    with database.read() as session:
        was = stored(session, world.desk, at)
        assert was is not None
        assert was["first_line"] == world.people["Samira"]
        assert live(session, world, at)["first_line"] is None
        assert on_call(session, world.desk, at + timedelta(hours=2))["first_line"] is None


def test_who_gains_and_loses_is_told(database: Database, world: World, clock: FakeClock) -> None:
    now = clock.moment
    with database.write() as session:
        publishing.publish(session, world.desk, days=DAYS, by=world.people["Carla"], now=now)
        session.add(Override(
            line_id=world.lines["first_line"], person_id=world.people["Pieter"], starts_at=parse("2026-12-01T18:00"),
            ends_at=parse("2026-12-02T06:00"), created_by_id=world.people["Carla"], created_at=now,
        ))  # fmt: skip
        session.flush()
        (told,) = publishing.keep_up(session, now=now).values()
    spans = {each.person_id: ([held[2:] for held in each.gained], [held[2:] for held in each.lost]) for each in told}
    night = (parse("2026-12-01T18:00"), parse("2026-12-02T06:00"))
    assert spans == {world.people["Pieter"]: ([night], []), world.people["Tom"]: ([], [night])}


def test_versions_are_numbered_and_readers_kept_once(database: Database, world: World, clock: FakeClock) -> None:
    now, by = clock.moment, world.people["Carla"]
    with database.write() as session:
        assert publishing.is_late(session, world.desk, now)
        first = publishing.publish(session, world.desk, days=27, by=by, now=now)
        assert publishing.is_late(session, world.desk, now)
        second = publishing.publish(session, world.desk, days=DAYS, by=by, now=now)
        assert not publishing.is_late(session, world.desk, now)
        assert (first.number, second.number) == (1, 2)
        assert [line["id"] for line in second.document["lines"]] == ["first_line", "backup", "day_line"]
        for _ in range(2):
            publishing.saw(session, second.id, world.people["Tom"], now=now)
        assert session.scalars(select(PublicationReading.person_id)).all() == [world.people["Tom"]]
        with pytest.raises(ValueError, match="1 to 400"):
            publishing.publish(session, world.desk, days=401, by=by, now=now)


def test_every_part_of_a_rota_changes_the_stamp(database: Database, world: World, clock: FakeClock) -> None:
    """Whoever writes, by whatever way. A table that loses its triggers in a later migration is found here."""
    chance, now = random.Random(1), clock.moment  # noqa: S311
    tom, waterveen = world.people["Tom"], world.waterveen
    with database.write() as session:
        seen = {stamp(session)}

        def changed(act: Callable[[], object]) -> None:
            act()
            session.flush()
            new = stamp(session)
            assert new not in seen, act
            seen.add(new)

        for edit in (move, leave, swap, length, window, withdraw, disable):
            if edit is not withdraw:
                changed(lambda edit=edit: edit(session, world, chance, now))  # type: ignore[misc]
        rows = (
            Skill(person_id=tom, code="gas"), ExtraHoliday(desk_id=world.desk, day=date(2026, 12, 28), name="Vrij"),
            Line(desk_id=world.desk, code="extra"), Role(person_id=tom, organisation_id=waterveen, role="editor"),
        )  # fmt: skip
        for row in rows:
            changed(lambda row=row: session.add(row))  # type: ignore[misc]
        for row in rows:
            changed(lambda row=row: session.delete(row))  # type: ignore[misc]
        for table in (Override, Absence, Swap):
            changed(lambda table=table: session.execute(update(table).values(created_at=now)))  # type: ignore[misc]
            changed(lambda table=table: session.execute(delete(table)))  # type: ignore[misc]
        changed(lambda: session.execute(update(RotationMember).values(person_id=tom)))
        changed(lambda: session.execute(update(Desk).values(good_friday=True)))
        changed(lambda: session.execute(update(Organisation).values(desk_id=world.desk)))
        before = stamp(session)
        session.execute(update(Person).values(phone="0612345678"))
        assert stamp(session) == before
        session.execute(text("UPDATE rota_stamps SET stamp = 'x'"))
