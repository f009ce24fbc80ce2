"""Template filters and globals: Dutch words for codes, and moments as Dutch wall time."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from webcare_pwa import clock, labels

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december")


def install(app: Flask) -> None:
    """Register what templates may use."""
    app.add_template_filter(clock_time, "clock_time")
    app.add_template_filter(day, "day")
    app.add_template_filter(iso, "iso")
    app.add_template_filter(labels.word, "word")


def clock_time(moment: datetime) -> str:
    """02:10 (Dutch wall time)."""
    return f"{clock.local(moment):%H:%M}"


def day(moment: datetime) -> str:
    """zaterdag 28 november (Dutch wall time)."""
    at = clock.local(moment)
    return f"{DAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]}"


def iso(moment: datetime) -> str:
    """For the datetime attribute of a <time>."""
    return clock.local(moment).isoformat(timespec="seconds")
