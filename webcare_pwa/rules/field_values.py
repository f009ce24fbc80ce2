"""What a JSON value may be: each function gives the value it means, or raises ValueError with what it must be."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from webcare_pwa.rules.wall_time import instant

D = TypeVar("D", bound=date)
FIRST_YEAR, LAST_YEAR = 1970, 2099  # what a date in a document may lie in
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)(Z|[+-][0-9]{2}:?[0-9]{2})?"
)


def text(value: Any, choices: Collection[str] = ()) -> str:
    """A text that is not empty; one of the choices when there are any."""
    if not isinstance(value, str):
        raise ValueError("must be a text")
    if not value.strip():
        raise ValueError("must not be empty")
    if choices and value not in choices:
        raise ValueError(f"{value!r} is not one of {', '.join(sorted(choices))}")
    return value


def number(value: Any, least: int, most: int) -> int:
    """A whole number in a range."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"must be a whole number from {least} to {most}")
    return value


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def clock(value: Any) -> time:
    """A wall time `HH:MM`."""
    if not _CLOCK.fullmatch(text(value)):
        raise ValueError(f"{value!r} is not a time like 08:00")
    return time.fromisoformat(value)


def day(value: Any) -> date:
    """A date `YYYY-MM-DD`."""
    found = _made(date.fromisoformat, value) if _DATE.fullmatch(text(value)) else None
    if found is None:
        raise ValueError(f"{value!r} is not a date like 2026-11-28 in the years {FIRST_YEAR} to {LAST_YEAR}")
    return found


def moment(value: Any) -> datetime:
    """A moment as UTC: with `Z` or an offset as it stands, without one Dutch wall time; a bare date is 00:00."""
    if _DATE.fullmatch(text(value)):
        return instant(day(value), time())
    given = _parsed(value)
    if given is None:
        raise ValueError(f"{value!r} is not a date and time like 2026-11-28T02:10, 2026-11-28T02:10+01:00 or 2026-11-28T01:10Z")
    return given.astimezone(UTC) if given.tzinfo else instant(given.date(), given.time())


def wall(value: Any, date_at: time) -> datetime:
    """A Dutch wall time, without offset; a bare date is at `date_at` of that day."""
    if _DATE.fullmatch(text(value)):
        return datetime.combine(day(value), date_at)
    given = _parsed(value)
    if given is None or given.tzinfo:
        raise ValueError(f"{value!r} is not a Dutch wall time like 2026-11-28T02:10, without offset")
    return given


def whole(given: datetime) -> datetime:
    """The same; it must be in whole minutes."""
    if given.second or given.microsecond:
        raise ValueError("must be in whole minutes")
    return given


def _parsed(value: str) -> datetime | None:
    return _made(datetime.fromisoformat, value) if _MOMENT.fullmatch(value) else None


def _made(make: Callable[[str], D], value: str) -> D | None:
    """The date, or None when there is no such date or it lies outside the years."""
    try:
        found = make(value)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
