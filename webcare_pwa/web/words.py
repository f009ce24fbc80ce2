"""Template filters and globals: Dutch words for codes, and moments as Dutch wall time."""

from __future__ import annotations

import re
import secrets
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
    app.add_template_filter(phone_link, "phone_link")
    app.add_template_global(new_token)


def new_token() -> str:
    """A fresh client token for a form: the same form sent twice is then one act."""
    return secrets.token_urlsafe(16)


def phone_link(number: str) -> str:
    """What comes after `tel:`: digits, with a plus in front when there was one."""
    return ("+" if number.lstrip().startswith("+") else "") + re.sub(r"[^0-9]", "", number)


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
