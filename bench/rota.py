"""The rota: a thousand desks worked out for a year, who-is-on in memory and from the database. The floor of the expansion is
the least one can do: the hand-offs of the same rotations turned into UTC and sorted, with no windows, holidays or overrides.
In memory it is processor time that counts, so that other work on the machine does not."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path

from sqlalchemy.orm import Session

from bench.table import Row, percentile, spread, times
from tests.builders import World, build_world
from webcare_pwa import schema
from webcare_pwa.db import Database
from webcare_pwa.models import plan as plans
from webcare_pwa.models.on_call import on_call
from webcare_pwa.models.rota import Rotation
from webcare_pwa.models.rota_changes import RotationWindow
from webcare_pwa.rules.rota import expand, on_call_at
from webcare_pwa.rules.rota_plan import LinePlan, OverridePlan, RotaPlan, RotationPlan
from webcare_pwa.rules.rota_windows import EXCEPT, ONLY, Window
from webcare_pwa.rules.rotation import DAYS, WEEKS
from webcare_pwa.steps import publishing

ROTAS, OVERRIDES, ASKED, RUNS = 1000, 40, 200_000, 500
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
MINUTES = (END - START) // timedelta(minutes=1)
LINES = ("first_line", "backup")
WEEKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})
AIM_EXPAND, AIM_WHO, AIM_STORED = 5.0, 150_000, 0.001


def measure(folder: Path) -> Iterator[Row]:
    """The best of three for what fits in memory; spread of many for the database."""
    chance = random.Random(4)  # noqa: S311
    yield _expand(chance)
    yield _who(chance)
    yield from _stored(folder)


def _expand(chance: random.Random) -> Row:
    """Each rota is made, worked out and dropped, as when one is published; only the working-out counts."""
    best, floor, shifts = 1e9, 1e9, 0
    for _ in range(3):
        taken = bare = 0.0
        shifts = 0
        for _ in range(ROTAS):
            plan = _rota(chance)
            began = time.process_time()
            shifts += sum(map(len, expand(plan, START, END).values()))
            taken += time.process_time() - began
            began = time.process_time()
            _bare(plan)
            bare += time.process_time() - began
        best, floor = min(best, taken), min(floor, bare)
    told = f"{best:.2f} s, {shifts} shifts"
    return Row("rota", f"work out {ROTAS} rotas of 2 lines for a year", f"{floor:.2f} s (hand-offs only)", told,
               times(best / floor), f"< {AIM_EXPAND:.0f} s", best < AIM_EXPAND)  # fmt: skip


def _who(chance: random.Random) -> Row:
    plan = _rota(chance)
    moments = [START + timedelta(minutes=chance.randrange(MINUTES)) for _ in range(ASKED)]
    expand(plan, START, END)
    best = 1e9
    for _ in range(3):
        began = time.process_time()
        for at in moments:
            on_call_at(plan, "first_line", at)
        best = min(best, time.process_time() - began)
    speed = ASKED / best
    return Row("rota", "who is on, in memory", "", f"{speed:,.0f} a second", "", f"> {AIM_WHO:,} a second", speed > AIM_WHO)


def _stored(folder: Path) -> Iterator[Row]:
    """A desk with windows, as paging asks it: with the published stretches, and the whole rota read and worked out anew."""
    database = Database(f"sqlite:///{folder / 'rota.db'}")
    schema.upgrade(database)
    with database.write() as session:
        world: World = build_world(session, START)
        for row in session.query(Rotation):
            row.windows = [_row(each) for each in _windows(0)]
        session.flush()
        publishing.publish(session, world.desk, days=365, by=world.people["Carla"], now=START)
    anew = _asked(database, lambda session, at: on_call_at(plans.rota_plan(session, world.desk, (at, at)), "first_line", at))
    stretches = _asked(database, lambda session, at: on_call(session, world.desk, at))
    database.close()
    middle = percentile(stretches, 0.5)
    ratio = times(middle / percentile(anew, 0.5))
    yield Row("rota", "who is on, from the database, p50/95/99", f"{spread(anew)} (read anew)", spread(stretches), ratio,
              "p50 < 1 ms", middle < AIM_STORED)  # fmt: skip


def _asked(database: Database, ask: Callable[[Session, datetime], object]) -> list[float]:
    took = []
    with database.read() as session:
        for number in range(RUNS):
            session.expunge_all()
            at = START + timedelta(days=330, minutes=number)
            began = time.perf_counter()
            ask(session, at)
            took.append(time.perf_counter() - began)
    return took


def _rota(chance: random.Random) -> RotaPlan:
    lines = {}
    for place, line in enumerate(LINES):
        first = RotationPlan(
            tuple(chance.sample(range(8), 8)), date(2026, 1, 5) - timedelta(weeks=chance.randrange(50)), wall_time(17),
            unit=(WEEKS, DAYS)[place], windows=_windows(chance.randrange(60)), number=2 * place,
        )  # fmt: skip
        under = RotationPlan(tuple(chance.sample(range(8), 3)), date(2026, 1, 5), wall_time(8), every=2, number=2 * place + 1)
        overrides = tuple(_override(chance, each) for each in range(OVERRIDES))
        lines[line] = LinePlan((first, under) if place else (first,), overrides)
    return RotaPlan(lines, frozenset(range(8)))


def _windows(minute: int) -> tuple[Window, ...]:
    """Weekday evenings, weekends, holidays."""
    return (
        Window(wall_time(17, minute), wall_time(8), WEEKDAYS, holidays=EXCEPT),
        Window(wall_time(8), wall_time(8), WEEKEND),
        Window(wall_time(8), wall_time(8), WEEKDAYS, holidays=ONLY),
    )


def _row(window: Window) -> RotationWindow:
    days = "".join(str(day) for day in sorted(window.days))
    return RotationWindow(days=days, opens=window.opens, closes=window.closes, holidays=window.holidays)


def _override(chance: random.Random, number: int) -> OverridePlan:
    starts = START + timedelta(minutes=chance.randrange(MINUTES))
    return OverridePlan(number, chance.randrange(8), starts, starts + timedelta(minutes=chance.randint(60, 3000)))


def _bare(plan: RotaPlan) -> list[tuple[datetime, int]]:
    found = []
    for lane in plan.lines.values():
        rotation = lane.rotations[0]
        turns = range(rotation.turn_at(START), rotation.turn_at(END) + 1)
        found += [(rotation.turn_starts(turn), rotation.members[turn % len(rotation.members)]) for turn in turns]
    return sorted(found)
