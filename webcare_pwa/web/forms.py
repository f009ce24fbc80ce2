"""Reading what was typed in a form: a time of the clock, a number from a list, a client token."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, time, timedelta

from flask import request

from webcare_pwa.errors import Invalid
from webcare_pwa.rules.wall_time import instant, wall

CLOCK_TIME = re.compile(r"\s*([01]?\d|2[0-3])\s*[:.u]?\s*([0-5]\d)\s*(?:uur)?\s*", re.IGNORECASE)
TIME_HINT = "Vul een tijd in, bijvoorbeeld 03:00."


def text(name: str, longest: int) -> str:
    """A field without spaces around it. Too long raises `Invalid`; it is never cut off."""
    given = request.form.get(name, "").strip()
    if len(given) > longest:
        raise Invalid("Dit is te lang.", {name: f"Dit is te lang. Er passen {longest} tekens in."})
    return given


def number(name: str) -> int:
    """The id chosen in a list; 0 when nothing usable was chosen (no row has that id)."""
    given = request.form.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def client_token() -> str:
    """The form's own token. A form without one cannot be recognised twice, so it gets a fresh one."""
    return request.form.get("client_token", "")[:64] or secrets.token_urlsafe(16)


def coming_time(name: str, now: datetime) -> datetime | None:
    """A time such as "03:00" as the next such moment on the wall clock; None when left open. Raises `Invalid`."""
    given = request.form.get(name, "")
    if not given.strip():
        return None
    found = CLOCK_TIME.fullmatch(given)
    if not found:
        raise Invalid("De tijd is niet te lezen.", {name: TIME_HINT})
    return next_moment(time(int(found[1]), int(found[2])), now)


def next_moment(at: time, now: datetime) -> datetime:
    """The first moment after `now` at which a Dutch clock shows this time."""
    today = wall(now).date()
    moment = instant(today, at)
    return moment if moment > now else instant(today + timedelta(days=1), at)
