"""Writes an iCalendar stream (RFC 5545): events in UTC and nothing that repeats, so that no client can read an hour wrong.

Why not the library: with neither time zones nor repeats what is left is escaping, folding and line ends, and the tests can
read the stream back with a library that did not write it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

MIMETYPE = "text/calendar"
PRODUCT = "-//webcare-pwa//rooster//NL"
_LONGEST = 75  # octets of a content line, without its end (RFC 5545, 3.1)


@dataclass(frozen=True)
class Event:
    """A stretch [starts_at, ends_at). `uid` stays the same for as long as it is the same thing."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str = ""


@dataclass(frozen=True)
class Revision:
    """When the plan behind a stream last changed, and a number that goes up with every change (RFC 5545, 3.8.7.4)."""

    number: int
    at: datetime


def stream(name: str, events: Iterable[Event], revision: Revision) -> str:
    """The whole stream. Without a change of plan it is the same, letter for letter."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"]  # RFC 7986, and what clients read before it
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for event in events:
        lines += _event(event, revision)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(event: Event, revision: Revision) -> Iterator[str]:
    """Who is on call can go on with his work: the time is free, not busy (TRANSPARENT)."""
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_utc(revision.at)}"
    yield f"LAST-MODIFIED:{_utc(revision.at)}"
    yield f"SEQUENCE:{revision.number}"
    yield f"DTSTART:{_utc(event.starts_at)}"
    yield f"DTEND:{_utc(event.ends_at)}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A TEXT value (3.3.11): the signs that mean something are escaped, control characters are left out."""
    kept = "".join(sign for sign in value if sign in "\n\t" or (sign.isprintable() or sign == " "))
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets; what goes on begins with a space. No character is cut in two."""
    part, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _LONGEST:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + width
    yield part
