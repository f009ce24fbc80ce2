"""Which of the three clocks of an incident runs now, and how it is drawn: aannemen, first answer, or on site."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from webcare_pwa.models.situation import Situation
from webcare_pwa.web.scale import Scale, scale


@dataclass(frozen=True)
class Countdown:
    """The running clock. `left` is negative when it is too late."""

    kind: str  # acknowledge | first_answer | on_site
    at: datetime
    left: timedelta
    scale: Scale

    @property
    def is_late(self) -> bool:
        """Is the time over?"""
        return self.left < timedelta()

    @property
    def minutes(self) -> int:
        """Whole minutes left (rounded up), or too late."""
        return math.ceil(abs(self.left).total_seconds() / 60)


def countdown(situation: Situation, now: datetime) -> Countdown | None:
    """The first clock that is not met yet; None when the incident is closed or no clock runs."""
    running = next((each for each in situation.deadlines if each.met_at is None), None)
    if running is None or not situation.is_open:
        return None
    started_at = situation.round.started_at if situation.round else situation.incident.opened_at
    return Countdown(running.kind, running.at, running.at - now, scale(started_at, running.at, now))
