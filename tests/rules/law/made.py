"""People for the law check, made of short text: "2027-01-04 08:00 / 2027-01-11 08:00", Dutch wall time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from webcare_pwa.rules.law.breach import Breach
from webcare_pwa.rules.law.check import check
from webcare_pwa.rules.law.person import CallOut, Leave, Person, Shift, Span, Standby
from webcare_pwa.rules.law.settings import LawSettings
from webcare_pwa.rules.wall_time import instant, parse

OFFICE = time(8), time(17)


def ends(text: str) -> tuple[datetime, datetime]:
    left, right = text.split(" / ")
    start = parse(left)
    return start, parse(f"{left[:10]} {right}" if len(right) == 5 else right)


def standby(*texts: str) -> tuple[Standby, ...]:
    return tuple(Standby(*ends(text)) for text in texts)


def shifts(*texts: str, breaks: Iterable[str] | None = None) -> tuple[Shift, ...]:
    rests = None if breaks is None else tuple(Span(*ends(text)) for text in breaks)
    return tuple(Shift(*ends(text), rests) for text in texts)


def calls(*texts: str) -> tuple[CallOut, ...]:
    return tuple(CallOut(*ends(text)) for text in texts)


def leave(text: str, minutes: int | None = None) -> Leave:
    return Leave(*ends(text), minutes)


def office(monday: str, weeks: int, days: int = 5, hours: tuple[time, time] = OFFICE) -> tuple[Shift, ...]:
    """Working days from a Monday on."""
    first = date.fromisoformat(monday)
    dates = [first + timedelta(days=7 * week + day) for week in range(weeks) for day in range(days)]
    return tuple(Shift(instant(each, hours[0]), instant(each, hours[1])) for each in dates)


def duty_week(monday: str) -> tuple[Standby, ...]:
    """Monday 17:00 to the next Monday 08:00, outside office hours 08:00 to 17:00."""
    first = date.fromisoformat(monday)
    nights = [(first + timedelta(days=day), first + timedelta(days=day + 1)) for day in range(4)]
    nights.append((first + timedelta(days=4), first + timedelta(days=7)))
    return tuple(Standby(instant(left, OFFICE[1]), instant(right, OFFICE[0])) for left, right in nights)


def rotation(monday: str, one_in: int, weeks: int) -> tuple[Standby, ...]:
    """A duty week every `one_in` weeks."""
    first = date.fromisoformat(monday)
    return tuple(
        each for week in range(0, weeks, one_in) for each in duty_week((first + timedelta(weeks=week)).isoformat())
    )


def found(person: Person, period: str | None = None, **norms: Any) -> tuple[Breach, ...]:
    return check(person, LawSettings(**norms), Span(*ends(period)) if period else None)


def rules(person: Person, period: str | None = None, **norms: Any) -> set[str]:
    return {each.rule for each in found(person, period, **norms)}


def breach(person: Person, rule: str, period: str | None = None, **norms: Any) -> Breach | None:
    """The one breach of a rule; None when there is none."""
    ones = [each for each in found(person, period, **norms) if each.rule == rule]
    assert len(ones) <= 1, ones
    return ones[0] if ones else None
