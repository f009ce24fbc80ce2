"""The days of a calendar as values: what stands on each, in which words it can be told. No queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from webcare_pwa.rules import calendar, holidays
from webcare_pwa.rules.calendar import Entry, Stretch
from webcare_pwa.rules.doubles import Double
from webcare_pwa.rules.escalation import FIRST_LINE
from webcare_pwa.rules.holidays import HolidayRule
from webcare_pwa.rules.periods import Period, clock_step, midnight
from webcare_pwa.rules.rota_plan import LeavePlan
from webcare_pwa.rules.wall_time import wall
from webcare_pwa.steps import rota


@dataclass(frozen=True)
class Item:
    """One thing on a day: who has a line, or that nobody has. `name`: of who has it, or of who was planned.

    `double`: he stands on another line at the same time. `unwakable`: no device or contact can wake him.
    """

    line: str
    kind: str
    opens: str
    closes: str
    name: str
    reason: str
    moved: bool
    mine: bool
    double: bool
    unwakable: bool


@dataclass(frozen=True)
class Day:
    """`clock_step` as in `rules/periods.py`. `away`: names of those on leave. `outside`: shown only to fill the week."""

    date: date
    holiday: str
    clock_step: int
    outside: bool
    today: bool
    away: list[str]
    items: list[Item]


@dataclass(frozen=True)
class Facts:
    """What the days are made of."""

    names: Mapping[int, str]
    gaps: Sequence[rota.Gap]
    doubles: Sequence[Double]
    holidays: HolidayRule
    leave: Sequence[LeavePlan]
    viewer: int
    now: datetime


def days_of(period: Period, stretches: Sequence[Stretch], facts: Facts) -> Iterator[Day]:
    """Every day shown, with its items line by line."""
    days = list(period.days())
    today = wall(facts.now).date()
    for day, entries in calendar.by_day(stretches, days).items():
        holiday = holidays.of_year(day.year, facts.holidays).get(day, "")
        outside = not period.first <= day < period.after
        items = [_item(each, facts) for each in entries]
        yield Day(day, holiday, clock_step(day), outside, day == today, _away(day, facts), items)


def _item(entry: Entry, facts: Facts) -> Item:
    stretch, person = entry.stretch, entry.stretch.person_id
    manned = stretch.kind == calendar.SHIFT
    return Item(
        stretch.line, stretch.kind, entry.opens, entry.closes, facts.names[person] if person is not None else "",
        stretch.reason, stretch.moved, manned and person == facts.viewer,
        manned and any(each.person_id == person and _touches(entry, each) for each in facts.doubles),
        manned and stretch.line == FIRST_LINE and any(
            each.reason == rota.NO_DEVICE and each.person_id == person and _touches(entry, each) for each in facts.gaps
        ),
    )  # fmt: skip


def _away(day: date, facts: Facts) -> list[str]:
    start, end = midnight(day), midnight(day + timedelta(days=1))
    return sorted({facts.names[each.person_id] for each in facts.leave if each.starts_at < end and each.ends_at > start})


def _touches(entry: Entry, other: Double | rota.Gap) -> bool:
    return entry.starts_at < other.ends_at and entry.ends_at > other.starts_at
