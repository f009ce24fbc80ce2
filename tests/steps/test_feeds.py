"""Announced = paged = feed: after each random change, at random moments, who the escalation pages, who the screen names and
who stands in the feed are the same."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from tests import ics
from tests.builders import World
from tests.fakes import FakeClock
from webcare_pwa.db import Database
from webcare_pwa.models.rota_changes import Absence
from webcare_pwa.rules import calendar
from webcare_pwa.rules.escalation import BACKUP, FIRST_LINE
from webcare_pwa.rules.periods import month_of
from webcare_pwa.rules.wall_time import wall
from webcare_pwa.steps import calendar as screens
from webcare_pwa.steps import feeds, planning, rota
from webcare_pwa.steps.moment import moment

WORDS = {FIRST_LINE: "Eerste lijn", BACKUP: "Achterwacht"}
CHANGES, MOMENTS = 12, 6
MINUTE = timedelta(minutes=1)


def test_announced_is_paged_is_in_the_feed(database: Database, world: World, clock: FakeClock) -> None:
    chance = random.Random(4)  # noqa: S311
    now = clock.moment.replace(second=0)
    with database.write() as session:
        _, secret = feeds.make(session, world.people["Carla"], world.desk, organisations=frozenset({world.waterveen}), now=now)
        _, own = feeds.make(session, world.people["Tom"], None, organisations=frozenset({world.waterveen}), now=now)
    for _ in range(CHANGES):
        change(database, world, chance, now)
        with database.read() as session:
            desk = feeds.read(session, secret, base_url="https://dienst.example", now=now)
            tom = feeds.read(session, own, base_url="https://dienst.example", now=now)
            for _ in range(MOMENTS):
                at = now + chance.randrange(40 * 24 * 60) * MINUTE
                for line, word in WORDS.items():
                    paged = rota.people_for(session, world.waterveen, line, at)
                    names = [f"{name} de Vries" for name, number in world.people.items() if number in paged]
                    asked = next(each for each in moment(session, world.desk, at).answers if each.line == line)
                    assert ics.on_at(desk, f"{word}: ", at) == names == ([asked.name] if asked.name else []), (line, at)
                    assert bool(ics.on_at(tom, f"Dienst: {word.lower()}", at)) == (paged == [world.people["Tom"]])
                    assert on_screen(database, world, line, at) == [name.split(" ")[0] for name in names]


def on_screen(database: Database, world: World, line: str, at: datetime) -> list[str]:
    """Who stands in the calendar at a moment."""
    local = wall(at)
    with database.read() as session:
        sheet = screens.sheet(session, world.desk, month_of(local.date()), viewer=0, now=at)
    items = next(day for day in sheet.days if day.date == local.date()).items
    time = f"{local:%H:%M}"
    return [
        each.name for each in items
        if each.line == line and each.kind == calendar.SHIFT and each.opens <= time and (not each.closes or time < each.closes)
    ]


def change(database: Database, world: World, chance: random.Random, now: datetime) -> None:
    """Somebody takes a stretch, or goes on leave."""
    starts = now + chance.randrange(1, 30 * 24 * 60) * MINUTE
    ends = starts + chance.randrange(60, 9 * 24 * 60) * MINUTE
    who = world.people[chance.choice(("Samira", "Tom", "Pieter"))]
    with database.write() as session:
        if chance.random() < 0.3:
            session.add(Absence(person_id=who, starts_at=starts, ends_at=ends, created_by_id=who, created_at=now))
        else:
            line = world.lines[chance.choice((FIRST_LINE, BACKUP))]
            planning.move_shift(session, line, who, starts, ends, by=world.people["Carla"], now=now)
