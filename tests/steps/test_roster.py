"""What the screen Rooster is made of, and the walls around a desk; on every database."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from tests.builders import World, add_device
from tests.fakes import FakeClock
from webcare_pwa.db import Database
from webcare_pwa.errors import NotFound
from webcare_pwa.models import plan as plans
from webcare_pwa.models.rota import Override
from webcare_pwa.models.walls import line_for, override_for
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps import planning, roster, rota


def move(session: Session, world: World, who: str, start: str, end: str, now: datetime) -> Override:
    line, by = world.lines["first_line"], world.people["Carla"]
    return planning.move_shift(session, line, world.people[who], parse(start), parse(end), by=by, now=now)


def test_only_who_is_served_by_the_desk_reaches_its_lines(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        line = world.lines["first_line"]
        moved = move(session, world, "Tom", "2026-11-28T18:00", "2026-11-29T08:00", clock.moment)
        assert line_for(session, line, frozenset({world.linde})).id == line
        assert override_for(session, moved.id, frozenset({world.waterveen})).id == moved.id
        for elsewhere in (frozenset[int](), frozenset({999})):
            assert plans.desks_for(session, elsewhere) == []
            with pytest.raises(NotFound):
                line_for(session, line, elsewhere)
            with pytest.raises(NotFound):
                override_for(session, moved.id, elsewhere)


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
