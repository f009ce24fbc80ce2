"""The events of a calendar feed, from the same shifts that page and screen are made of. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from webcare_pwa.rules.calendar import whole_between
from webcare_pwa.rules.ical import Event
from webcare_pwa.rules.periods import midnight
from webcare_pwa.rules.rota import Shift
from webcare_pwa.rules.rota_plan import RotaPlan

BACK, AHEAD = timedelta(weeks=8), timedelta(weeks=26)


@dataclass(frozen=True)
class FeedLine:
    """A line in a feed: its id for the UID, and the word people use for it."""

    id: int
    word: str


def window(day: date) -> tuple[datetime, datetime]:
    """The stretch of time that a feed tells of on a day; whole days, so that it does not change by the minute."""
    return midnight(day - BACK), midnight(day + AHEAD)


def shifts_of(plan: RotaPlan, line: str, between: tuple[datetime, datetime]) -> Iterator[Shift]:
    """The whole shifts of people that touch a stretch; holes are no events."""
    return (each for each in whole_between(plan, line, *between) if each.person_id is not None)


def desk_events(
    plan: RotaPlan, lines: Mapping[str, FeedLine], names: Mapping[int, str], between: tuple[datetime, datetime], host: str
) -> Iterator[Event]:
    """Everybody's shifts on all lines of a desk."""
    for code, line in lines.items():
        for shift in shifts_of(plan, code, between):
            summary = f"{line.word}: {names[shift.person_id or 0]}"
            yield Event(uid("desk", line.id, shift.starts_at, host), shift.starts_at, shift.ends_at, summary)


def own_events(
    plan: RotaPlan, lines: Mapping[str, FeedLine], person_id: int, between: tuple[datetime, datetime], host: str, desk: str
) -> Iterator[Event]:
    """One person's shifts on a desk; no other name stands in it."""
    for code, line in lines.items():
        for shift in shifts_of(plan, code, between):
            if shift.person_id == person_id:
                mark = uid("own", line.id, shift.starts_at, host)
                yield Event(mark, shift.starts_at, shift.ends_at, f"Dienst: {line.word.lower()}", desk)


def uid(kind: str, line_id: int, starts_at: datetime, host: str) -> str:
    """A shift is a line from a moment on. Who does it may change (a swap): then the event changes, and is not another one.

    Feeds of a desk and of a person differ, so that a client that has both keeps both.
    """
    return f"{kind}-{line_id}-{starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}@{host}"
