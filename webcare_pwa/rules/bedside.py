"""When a phone that was put beside the bed counts as silent. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

EVERY = timedelta(seconds=30)  # the phone says that it is awake
SILENT_AFTER = timedelta(seconds=75)  # two heartbeats missed, and some time on the way
NIGHT = timedelta(hours=12)  # so long a stretch that was never ended is still worth a word

ON, SILENT, OFF = "on", "silent", "off"


def state(seen_at: datetime | None, ended_at: datetime | None, now: datetime) -> str:
    """on | silent (it should be awake and says nothing: unproven) | off."""
    if seen_at is None or ended_at is not None or now - seen_at > NIGHT:
        return OFF
    return SILENT if now - seen_at > SILENT_AFTER else ON
