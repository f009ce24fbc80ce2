"""What a rehearsal says on the phone, before and after the tap. Pure."""

from __future__ import annotations

from datetime import datetime

from webcare_pwa.labels import WORDS
from webcare_pwa.labels.dates import DAYS
from webcare_pwa.rules.wall_time import wall


def shift_sentence(starts_at: datetime, now: datetime) -> str:
    """uw dienst begint om 17:00; with the day when that is another one; begon when it has begun."""
    at = wall(starts_at)
    day = "" if at.date() == wall(now).date() else f"{DAYS[at.weekday()]} "
    return f"uw dienst {'begint' if starts_at > now else 'begon'} {day}om {at:%H:%M}"


def confirmed_title(kind: str, note: str) -> str:
    """What the notice becomes once it is confirmed. `note` is the sentence of the page."""
    return WORDS["notice"]["sound_on"] if kind == "sound" else WORDS["notice"]["confirmed"].format(what=note)
