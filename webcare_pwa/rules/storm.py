"""A storm of reports must not become a storm of pages. Pure.

Per address (a device or contact method): the first page at once; then pages about other incidents are held and go out as one
growing page per two minutes. A noodgeval is never held and never bundled; a repeat of the same incident is not held either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

PACE = timedelta(minutes=2)
SLACK = timedelta(seconds=2)  # a repeat is due two minutes after the last was due, which is a little less since it was sent


@dataclass(frozen=True)
class Last:
    """The newest page this address got: when, and about which incidents."""

    at: datetime
    incidents: frozenset[int]


@dataclass(frozen=True)
class Decision:
    """What becomes of the waiting pages of one address. `bundled`: row id -> id of the row that speaks for it."""

    send: list[int] = field(default_factory=list)
    bundled: dict[int, int] = field(default_factory=dict)
    held: list[int] = field(default_factory=list)
    held_until: datetime | None = None


def decide(waiting: Sequence[tuple[int, int]], last: Last | None, now: datetime) -> Decision:
    """`waiting`: (row id, incident id), oldest first, of pages that are due and may be bundled."""
    if last is not None and -SLACK <= now - last.at < PACE - SLACK:  # one that lies ahead says nothing: the clock was set back
        same = [row for row, incident in waiting if last.incidents == {incident}]
        other = [row for row, _ in waiting if row not in same]
        return Decision(send=same, held=other, held_until=last.at + PACE if other else None)
    if len({incident for _, incident in waiting}) <= 1:
        return Decision(send=[row for row, _ in waiting])
    carrier = waiting[-1][0]
    return Decision(send=[carrier], bundled={row: carrier for row, _ in waiting[:-1]})
