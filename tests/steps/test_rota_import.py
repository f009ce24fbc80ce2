"""A rota document into the database and out of it: the same rota, and what does not fit is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.builders import World
from tests.fakes import FakeClock
from webcare_pwa.db import Database
from webcare_pwa.models.plan import rota_plan
from webcare_pwa.rules.field_values import moment
from webcare_pwa.rules.fields import Faults
from webcare_pwa.rules.rota import shifts_between
from webcare_pwa.rules.rota_file import parse
from webcare_pwa.rules.rota_file_write import document_of
from webcare_pwa.rules.rota_plan import RotaPlan
from webcare_pwa.steps.rota_export import written
from webcare_pwa.steps.rota_import import take_in


def document(*people: str) -> dict[str, Any]:
    a, b, c = people
    return {
        "name": "Dienst",
        "people": [{"id": each, "skills": ["gas"]} for each in people],
        "holidays": {"good_friday": True, "liberation_day": "always", "extra": [{"date": "2026-12-28", "name": "Vrij"}]},
        "lines": [
            {"id": "first_line", "skill": "gas", "rotations": [
                {"id": "nights", "members": [a, b], "every": 12, "unit": "hours", "first_handoff": "2026-11-23T08:00",
                 "starts": "2026-11-24T09:00", "ends": "2026-12-20T08:30", "windows": [
                     {"days": ["mon", "fri"], "from": "17:00", "to": "08:00", "holidays": "except"},
                     {"from": "08:00", "to": "08:00", "to_day": "sun", "holidays": "only"}]},
                {"id": "rest", "members": [c, a, b], "unit": "days", "first_handoff": "2026-11-23T08:00"}]},
            {"id": "backup", "rotations": [{"id": "weeks", "members": [b], "every": 2, "first_handoff": "2026-11-23T08:00"}]},
            {"id": "Wijkbeheer", "name": "Wijkbeheer West", "rotations": []},
            {"id": "day_line", "rotations": []},
        ],
        "overrides": [
            {"line": "backup", "person": a, "starts": "2026-11-28T08:00Z", "ends": "2026-11-28T20:00Z"},
            {"line": "backup", "person": c, "starts": "2026-11-28T10:00Z", "ends": "2026-11-28T22:00Z",
             "created": "2026-11-02T10:00Z"},
        ],
        "swaps": [{"rotation": "rest", "turn": 5, "with": {"rotation": "weeks", "turn": 0}},
                  {"rotation": "rest", "turn": 6, "person": c}],
        "leave": [{"person": b, "starts": "2026-12-01", "ends": "2026-12-04"},
                  {"person": c, "starts": "2026-11-28T12:00Z", "ends": "2026-11-28T13:00Z", "created": "2026-11-03T10:00Z"}],
    }  # fmt: skip


def told(plan: RotaPlan, name: Callable[[int | None], str | None]) -> list[tuple[object, ...]]:
    """The shifts of eight weeks, with people by their names."""
    start = moment("2026-11-20")
    return [
        (line, name(each.person_id), name(each.planned_id), each.starts_at, each.ends_at, each.source, each.turn)
        for line in plan.lines
        for each in shifts_between(plan, line, start, start + timedelta(weeks=8))
    ]


def take(session: Session, world: World, clock: FakeClock, content: dict[str, Any], *, replace: bool = True) -> None:
    take_in(session, world.desk, parse(content), by=world.people["Carla"], now=clock.moment, replace=replace)


def test_there_and_back_is_the_same_rota(database: Database, world: World, clock: FakeClock) -> None:
    content = document(*(world.email(name) for name in ("Samira", "Tom", "Pieter")))
    given = parse(content)
    with database.write() as session:
        take(session, world, clock, content)
    with database.read() as session:
        ids = {number: world.email(name) for name, number in world.people.items()}
        stored = rota_plan(session, world.desk)
        back = written(session, world.desk)
    answers = told(given.plan, given.person)
    assert told(stored, lambda number: ids[number] if number is not None else None) == answers
    again = parse(back)
    assert told(again.plan, again.person) == answers
    assert {each[5] for each in answers} == {"rotation", "swap", "override", "leave", "nobody"}
    assert [line["id"] for line in back["lines"]] == ["first_line", "backup", "Wijkbeheer", "day_line"]
    assert back["overrides"] == parse_and_write(content)["overrides"]
    with database.write() as session:
        take(session, world, clock, back)
    with database.read() as session:
        assert written(session, world.desk) == back


def parse_and_write(content: dict[str, Any]) -> dict[str, Any]:
    return document_of(parse(content))


def test_a_desk_with_a_rota_is_not_overwritten_unasked(database: Database, world: World, clock: FakeClock) -> None:
    content = document(*(world.email(name) for name in ("Samira", "Tom", "Pieter")))
    with pytest.raises(Faults, match="--replace"), database.write() as session:
        take(session, world, clock, content, replace=False)


def test_what_does_not_fit_is_told_at_once(database: Database, world: World, clock: FakeClock) -> None:
    content = document(world.email("Samira"), world.email("Tom"), "niemand@corporatie.example")
    content["lines"][2]["id"] = "x" * 21
    content["people"][0]["skills"] = ["y" * 41]
    content["holidays"]["extra"] *= 2
    with pytest.raises(Faults) as caught, database.write() as session:
        take(session, world, clock, content)
    assert caught.value.lines == [
        "people[2].id: nobody has the e-mail address 'niemand@corporatie.example'",
        f"people[0].skills: '{'y' * 41}' is longer than 40 characters",
        f"lines[2].id: '{'x' * 21}' is longer than 20 characters",
        "holidays.extra: 2026-12-28 stands there twice",
    ]
    with database.read() as session:
        assert [line["id"] for line in written(session, world.desk)["lines"]] == ["first_line", "backup", "day_line"]
