"""The law check: fifty people for a year, duty weeks one in six with a call-out each night, office hours all year."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path

from bench.table import Row
from webcare_pwa.rules.law.check import check
from webcare_pwa.rules.law.person import CallOut, Person, Shift, Span, Standby
from webcare_pwa.rules.law.settings import LawSettings
from webcare_pwa.rules.wall_time import instant

PEOPLE, ONE_IN, WEEKS, LIMIT, RUNS = 50, 6, 52, 1.0, 3
FIRST = date(2026, 12, 28)
OPEN, CLOSED = wall_time(8), wall_time(17)


def measure(_folder: Path) -> Iterator[Row]:
    """The best of some runs; the facts are made anew for each, as a request does."""
    period = Span(datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
    best, breaches = 60.0, 0
    for _ in range(RUNS):
        people = [_person(number) for number in range(PEOPLE)]
        began = time.perf_counter()
        breaches = sum(len(check(person, LawSettings(), period)) for person in people)
        best = min(best, time.perf_counter() - began)
    told = f"{best:.2f} s, {breaches} breaches"
    yield Row("law", f"{PEOPLE} people for a year, best of {RUNS}", "", told, "", f"< {LIMIT:.0f} s", best < LIMIT)


def _person(number: int) -> Person:
    duties = [duty for week in range(number % ONE_IN, WEEKS, ONE_IN) for duty in _duty_week(FIRST + timedelta(weeks=week))]
    days = [FIRST + timedelta(weeks=week, days=day) for week in range(WEEKS) for day in range(5)]
    calls = [CallOut(each.starts_at + timedelta(hours=3), each.starts_at + timedelta(hours=4)) for each in duties]
    work = tuple(Shift(instant(day, OPEN), instant(day, CLOSED)) for day in days)
    return Person(str(number), standby=tuple(duties), work=work, call_outs=tuple(calls))


def _duty_week(monday: date) -> Iterator[Standby]:
    """Four nights and a weekend, outside office hours."""
    for first, last in ((0, 1), (1, 2), (2, 3), (3, 4), (4, 7)):
        yield Standby(instant(monday + timedelta(days=first), CLOSED), instant(monday + timedelta(days=last), OPEN))
