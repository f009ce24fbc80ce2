"""What tests own: the clock. Everything else is real or a local server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.clock import Clock

SATURDAY_0210 = datetime(2026, 11, 28, 1, 10, tzinfo=UTC)  # 02:10 in Amsterdam


class FakeClock(Clock):
    """A business clock that moves only when told."""

    def __init__(self, moment: datetime = SATURDAY_0210) -> None:
        super().__init__()
        self.moment = moment

    def now(self, session: Session) -> datetime:
        return self.moment

    def move(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0) -> datetime:
        """Let time pass."""
        self.moment += timedelta(seconds=seconds, minutes=minutes, hours=hours)
        return self.moment
