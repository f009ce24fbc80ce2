"""Template filters and globals: Dutch words for codes, and moments as Dutch wall time."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta

from flask import Flask

from webcare_pwa import clock, labels
from webcare_pwa.labels.dates import DAYS, DAYS_SHORT, MONTHS, MONTHS_SHORT


def install(app: Flask) -> None:
    """Register what templates may use."""
    app.add_template_filter(clock_time, "clock_time")
    app.add_template_filter(day, "day")
    app.add_template_filter(iso, "iso")
    app.add_template_filter(labels.word, "word")
    app.add_template_filter(phone_link, "phone_link")
    app.add_template_filter(precise_time, "precise_time")
    app.add_template_filter(when, "when")
    app.add_template_filter(seconds, "seconds")
    app.add_template_filter(span, "span")
    app.add_template_global(new_token)


def new_token() -> str:
    """A fresh client token for a form: the same form sent twice is then one act."""
    return secrets.token_urlsafe(12)


def phone_link(number: str) -> str:
    """What comes after `tel:`: digits, with a plus in front when there was one."""
    return ("+" if number.lstrip().startswith("+") else "") + re.sub(r"[^0-9]", "", number)


def clock_time(moment: datetime) -> str:
    """02:10 (Dutch wall time)."""
    return f"{clock.local(moment):%H:%M}"


def precise_time(moment: datetime) -> str:
    """02:10:03 (Dutch wall time), where seconds are evidence."""
    return f"{clock.local(moment):%H:%M:%S}"


def day(moment: datetime) -> str:
    """zaterdag 28 november (Dutch wall time)."""
    at = clock.local(moment)
    return f"{DAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]}"


def when(moment: datetime, now: datetime) -> str:
    """A moment as people say it now: 08:00 today, za 08:00 this week, 28 nov 08:00 otherwise (Dutch wall time)."""
    at, today = clock.local(moment), clock.local(now).date()
    if at.date() == today:
        return f"{at:%H:%M}"
    if abs((at.date() - today).days) < 7:
        return f"{DAYS_SHORT[at.weekday()]} {at:%H:%M}"
    return f"{at.day} {MONTHS_SHORT[at.month - 1]} {at:%H:%M}"


def span(length: timedelta) -> str:
    """11 minuten, 2 uur en 5 minuten, 3 dagen: how long something lasted, rounded down."""
    minutes = int(abs(length).total_seconds() // 60)
    if minutes < 1:
        return "minder dan een minuut"
    if minutes < 60:
        return f"{minutes} {'minuut' if minutes == 1 else 'minuten'}"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} uur" + (f" en {rest} {'minuut' if rest == 1 else 'minuten'}" if rest else "")
    return f"{hours // 24} {'dag' if hours < 48 else 'dagen'}"


def seconds(length: float) -> str:
    """0,13 seconde, 12 seconden: how long a step of the machine took."""
    if length < 0.01:
        return "minder dan 0,01 seconde"
    return f"{length:.2f} seconde".replace(".", ",") if length < 2 else f"{length:.0f} seconden"


def iso(moment: datetime) -> str:
    """For the datetime attribute of a <time>."""
    return clock.local(moment).isoformat(timespec="seconds")
