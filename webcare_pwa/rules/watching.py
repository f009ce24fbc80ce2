"""When the worker counts as standing still. Pure; times are of the real clock."""

from __future__ import annotations

from datetime import datetime, timedelta

SILENT_AFTER = timedelta(seconds=60)  # a worker shows life every five seconds
WAITED_TOO_LONG = timedelta(seconds=120)  # a page that is due, a message without a verdict
LEASE = timedelta(seconds=120)  # longer than a sender of the alarm needs; after that another may send it


def stands_still(beat: datetime | None, watched_since: datetime, now: datetime) -> bool:
    """Has the worker shown no life for too long? A watcher that has only just begun to look gives it the same time: after a
    night in which the whole machine was off, the last beat is old and nothing is wrong."""
    since = watched_since if beat is None else max(beat, watched_since)
    return now - since > SILENT_AFTER
