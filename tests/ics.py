"""Reads a feed back with a library that did not write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar


@dataclass(frozen=True)
class Read:
    """An event as a client sees it."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    sequence: int
    stamp: datetime


def parsed(text: str) -> Calendar:
    """The calendar; every content line is held against RFC 5545 first."""
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75, line
        assert "\n" not in line, line
    calendar = Calendar.from_ical(text)
    assert isinstance(calendar, Calendar)
    assert not calendar.errors
    return calendar


def events(text: str) -> list[Read]:
    """Its events, each in UTC."""
    return [_read(each) for each in parsed(text).walk("VEVENT")]


def name_of(text: str) -> str:
    """What the calendar is called, in both properties. The library leaves these as they are written; they are TEXT."""
    names = {re.sub(r"\\(.)", r"\1", str(parsed(text)[each])) for each in ("NAME", "X-WR-CALNAME")}
    assert len(names) == 1
    return names.pop()


def on_at(text: str, prefix: str, at: datetime) -> list[str]:
    """Summaries that begin with `prefix` of the events that cover a moment, without it."""
    return [each.summary.removeprefix(prefix) for each in events(text)
            if each.summary.startswith(prefix) and each.starts_at <= at < each.ends_at]


def _read(event: Any) -> Read:
    assert not event.errors
    starts, ends, stamp = (event.decoded(name) for name in ("DTSTART", "DTEND", "DTSTAMP"))
    for moment in (starts, ends, stamp):
        assert moment.utcoffset() == UTC.utcoffset(None)
    assert "RRULE" not in event
    assert event["TRANSP"] == "TRANSPARENT"
    return Read(
        str(event["UID"]), starts, ends, str(event["SUMMARY"]), str(event.get("DESCRIPTION", "")), int(event["SEQUENCE"]), stamp
    )
