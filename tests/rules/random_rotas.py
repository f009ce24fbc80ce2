"""Random rotas with everything in them: rotations of all units and windows, overrides, swaps, leave, holidays, skills. And
random edits of them. All from a seed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from webcare_pwa.rules import rotation as units
from webcare_pwa.rules.holidays import LIBERATION_DAY, HolidayRule
from webcare_pwa.rules.rota_plan import LeavePlan, LinePlan, OverridePlan, RotaPlan, RotationPlan, SwapPlan
from webcare_pwa.rules.rota_windows import ANY, EXCEPT, ONLY, Window

LINES = ("first_line", "backup")
PEOPLE = range(7)
LENGTHS = {units.HOURS: (1, 7, 12, 24, 100), units.DAYS: (1, 1, 2, 5), units.WEEKS: (1, 1, 2)}
MINUTE = timedelta(minutes=1)
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


class RandomRota:
    """Makes rotas whose edges crowd around a moment."""

    def __init__(self, seed: int, around: datetime) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.around = around.replace(second=0, microsecond=0)

    def plan(self) -> RotaPlan:
        chance = self.chance
        numbers = iter(range(99))
        lines = {
            line: LinePlan(
                tuple(self.rotation(next(numbers)) for _ in range(chance.randint(0, 3))),
                tuple(self.override(number) for number in range(chance.randint(0, 5))),
                None if chance.random() < 0.7 else self.some(),
            )
            for line in LINES
        }
        swaps = tuple(self.swap() for _ in range(chance.randint(0, 6)))
        leave = tuple(self.leave() for _ in range(chance.randint(0, 4)))
        return RotaPlan(lines, None if chance.random() < 0.5 else self.some(), swaps, leave, self.holidays())

    def edited(self, plan: RotaPlan) -> RotaPlan:
        """The plan with one thing changed."""
        chance = self.chance
        line = chance.choice(LINES)
        lane = plan.lines[line]
        kind = chance.randrange(7)
        if kind == 0:
            lane = replace(lane, overrides=(*lane.overrides, self.override(len(lane.overrides))))
        elif kind == 1 and lane.overrides:
            lane = replace(lane, overrides=lane.overrides[:-1])
        elif kind == 2 and lane.rotations:
            changed = list(lane.rotations)
            place = chance.randrange(len(changed))
            changed[place] = self.rotation(changed[place].number)
            lane = replace(lane, rotations=tuple(changed))
        elif kind == 3 and lane.rotations:
            lane = replace(lane, rotations=lane.rotations[::-1])
        elif kind == 4:
            return replace(plan, swaps=(*plan.swaps[-9:], self.swap()), lanes={})
        elif kind == 5:
            return replace(plan, leave=(*plan.leave[-9:], self.leave()), lanes={})
        else:
            return replace(plan, holidays=self.holidays(), lanes={})
        return replace(plan, lines={**plan.lines, line: lane}, lanes={})

    def rotation(self, number: int) -> RotationPlan:
        chance = self.chance
        unit = chance.choice(units.UNITS)
        wall = self.around.replace(tzinfo=None)
        return RotationPlan(
            members=tuple(chance.choices(PEOPLE, k=chance.randint(0 if chance.random() < 0.1 else 1, 5))),
            starts_on=(wall - timedelta(days=chance.randint(-2, 60))).date(),
            handoff=self.clock(),
            every=chance.choice(LENGTHS[unit]),
            unit=unit,
            begins=None if chance.random() < 0.6 else wall - timedelta(minutes=chance.randint(-1500, 9000)),
            ends=None if chance.random() < 0.6 else wall + timedelta(minutes=chance.randint(-1500, 3000)),
            windows=tuple(self.window() for _ in range(chance.choice((0, 1, 1, 2, 3)))),
            number=number,
        )

    def window(self) -> Window:
        chance = self.chance
        return Window(
            self.clock(), self.clock(), frozenset(chance.sample(range(7), chance.randint(1, 7))),
            None if chance.random() < 0.7 else chance.randrange(7), chance.choice((ANY, ANY, EXCEPT, ONLY)),
        )  # fmt: skip

    def override(self, number: int) -> OverridePlan:
        starts, ends = self.stretch()
        return OverridePlan(number, self.chance.choice(PEOPLE), starts, ends, self.made())

    def leave(self) -> LeavePlan:
        return LeavePlan(self.chance.choice(PEOPLE), *self.stretch(), self.made())

    def swap(self) -> SwapPlan:
        def turn() -> tuple[int, int]:
            return self.chance.randrange(4), self.chance.randint(-2, 70)

        return SwapPlan(turn(), self.chance.choice(PEOPLE)) if self.chance.random() < 0.5 else SwapPlan(turn(), other=turn())

    def holidays(self) -> HolidayRule:
        chance = self.chance
        days = [self.around.date() + timedelta(days=chance.randint(-3, 3)) for _ in range(chance.randint(0, 2))]
        extra = tuple((day, "Extra") for day in days)
        return HolidayRule(
            chance.random() < 0.5, chance.choice(LIBERATION_DAY), chance.random() < 0.5, chance.random() < 0.5, extra
        )

    def stretch(self) -> tuple[datetime, datetime]:
        starts = self.around + self.chance.randint(-2500, 2000) * MINUTE
        return starts, starts + self.chance.randint(1, 3000) * MINUTE

    def made(self) -> datetime | None:
        return None if self.chance.random() < 0.4 else EPOCH + self.chance.randint(0, 9) * MINUTE

    def clock(self) -> time:
        return time(self.chance.choice((0, 1, 2, 2, 2, 3, 8, 17)), self.chance.choice((0, 0, 15, 30, 59)))

    def some(self) -> frozenset[int]:
        return frozenset(self.chance.sample(PEOPLE, 5))


def changes() -> list[datetime]:
    """The UTC hour of each clock change of 2024 to 2037."""
    found = []
    for year in range(2024, 2038):
        for month in (3, 10):
            last = date(year, month, 31)
            sunday = last - timedelta(days=(last.weekday() + 1) % 7)
            found.append(datetime(year, month, sunday.day, 1, tzinfo=UTC))
    return found
