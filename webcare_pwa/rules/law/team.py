"""Is a team large enough for its rotation? Only the free time of R2 is looked at: that follows from the pattern alone.

The pattern is tried on weeks without public holidays or clock change, for somebody who works in office hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from webcare_pwa.rules import hours as office
from webcare_pwa.rules.hours import Hours
from webcare_pwa.rules.law.check import FREE_TIME, check
from webcare_pwa.rules.law.person import Person, Shift, Span, Standby
from webcare_pwa.rules.law.settings import LawSettings
from webcare_pwa.rules.law.small import TooSmall
from webcare_pwa.rules.wall_time import instant

RULES = ("R2a", "R2b")
MOST = 20
_MONDAY, _WEEKS = date(2027, 5, 24), 20  # up to October 2027: no holiday, no clock change


def too_small(
    members: int, first: date, handoff: time, weeks: int, offices: Sequence[Hours], settings: LawSettings
) -> TooSmall | None:
    """What a rotation of so many members, each `weeks` weeks, breaks by its pattern; None when it is fine."""
    broken = _broken(members, first, handoff, weeks, offices, settings)
    if broken is None:
        return None
    enough = (more for more in range(members + 1, MOST + 1)
              if _broken(more, first, handoff, weeks, offices, settings) is None)  # fmt: skip
    return TooSmall(members, broken, next(enough, None))


def _broken(
    members: int, first: date, handoff: time, weeks: int, offices: Sequence[Hours], settings: LawSettings
) -> str | None:
    start = instant(_MONDAY, time())
    end = instant(_MONDAY + timedelta(weeks=_WEEKS), time())
    duty = office.duty_between(offices, start, end)
    turns = _turns(members, _MONDAY + timedelta(days=first.weekday()), handoff, weeks)
    standby = tuple(Standby(*each) for each in overlaps(turns, duty))
    work = tuple(Shift(*each) for each in between(duty, start, end))
    middle = Span(start + timedelta(weeks=8), end - timedelta(weeks=8))
    found = {each.rule for each in check(Person("", standby=standby, work=work), settings, middle, rules=FREE_TIME)}
    return next((rule for rule in RULES if rule in found), None)


def _turns(members: int, first: date, handoff: time, weeks: int) -> list[tuple[datetime, datetime]]:
    """The turns of one member, one of them in the middle of the weeks."""
    cycle = members * weeks
    begins = range(8 % cycle - cycle, _WEEKS, cycle)
    return [
        (instant(first + timedelta(weeks=week), handoff), instant(first + timedelta(weeks=week + weeks), handoff))
        for week in begins
    ]


def overlaps(
    some: Sequence[tuple[datetime, datetime]], others: Sequence[tuple[datetime, datetime]]
) -> list[tuple[datetime, datetime]]:
    """What two lists of stretches have in common, each list in order and without overlaps."""
    found, place = [], 0
    for start, end in some:
        while place < len(others) and others[place][1] <= start:
            place += 1
        here = place
        while here < len(others) and others[here][0] < end:
            found.append((max(start, others[here][0]), min(end, others[here][1])))
            here += 1
    return found


def between(stretches: Sequence[tuple[datetime, datetime]], start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """What of [start, end) lies outside them."""
    edges = [start, *(edge for each in stretches for edge in each), end]
    return [(left, right) for left, right in zip(edges[::2], edges[1::2], strict=True) if left < right]
