"""The three clocks of an incident: acknowledge, first human answer to the tenant, on site. Pure; times in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from webcare_pwa.rules.rulebook import UrgencyInfo


@dataclass(frozen=True)
class Deadline:
    """One clock: when it ends, and when it was met (None: still running or missed)."""

    kind: str  # acknowledge | first_answer | on_site
    at: datetime
    met_at: datetime | None

    def is_missed(self, now: datetime) -> bool:
        """Not met, or met too late."""
        return (self.met_at or now) > self.at


def deadlines(
    urgency: UrgencyInfo, started_at: datetime, *, called_at: datetime, backup_after: timedelta | None,
    acknowledged_at: datetime | None, answered_at: datetime | None, on_site_at: datetime | None,
) -> tuple[Deadline, ...]:
    """The clocks of this urgency, counted from `started_at`. Acknowledge = the time of the backup's step after `called_at`."""
    found = []
    if backup_after is not None:
        found.append(Deadline("acknowledge", called_at + backup_after, acknowledged_at))
    if urgency.first_answer_minutes is not None:
        found.append(Deadline("first_answer", started_at + timedelta(minutes=urgency.first_answer_minutes), answered_at))
    if urgency.on_site_minutes is not None:
        found.append(Deadline("on_site", started_at + timedelta(minutes=urgency.on_site_minutes), on_site_at))
    return tuple(found)
