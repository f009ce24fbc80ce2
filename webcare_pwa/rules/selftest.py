"""What a self-test proves: each hop of its report reached its end, and in time. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

HOPS = ("received", "judged", "called", "sent", "shown")  # over HTTP, verdict, alert, push, receipt over HTTP
LONGEST = timedelta(seconds=60)  # one hop


@dataclass(frozen=True)
class Finding:
    """Seconds per hop so far; `failed` is the hop that took or takes too long, "" when none does."""

    hops: dict[str, float]
    failed: str
    is_over: bool


def judge(started: datetime, ends: Mapping[str, datetime | None], now: datetime) -> Finding:
    """Look at the moments at which the hops ended. One that has not ended counts until now."""
    times: dict[str, float] = {}
    before = started
    for hop in HOPS:
        end = ends.get(hop)
        took = max(timedelta(), (end or now) - before)
        if end is None and took <= LONGEST:
            return Finding(times, "", is_over=False)
        times[hop] = round(took.total_seconds(), 3)
        if took > LONGEST:
            return Finding(times, hop, is_over=True)
        before = max(before, end or now)
    return Finding(times, "", is_over=True)
