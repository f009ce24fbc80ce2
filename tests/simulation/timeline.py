"""The two clocks of a simulated night, its events in order, and the trace of what happened."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.clock import AMSTERDAM, Clock


class Timeline(Clock):
    """`moment` is the business clock, which may be set; `real` the other one, which never jumps. Both in UTC."""

    def __init__(self, start: datetime) -> None:
        super().__init__()
        self.moment = self.real = self._start = start
        self.trace: list[str] = []
        self._events: list[tuple[datetime, int, str, Callable[[], None]]] = []
        self._count = itertools.count()

    def now(self, session: Session) -> datetime:
        return self.moment

    def real_now(self) -> datetime:
        return self.real

    def monotonic(self) -> float:
        return (self.real - self._start).total_seconds()

    def after(self, seconds: float, what: str, act: Callable[[], None]) -> None:
        """Plan an event so many seconds from now. Without `what` it leaves no line in the trace."""
        heapq.heappush(self._events, (self.real + timedelta(seconds=seconds), next(self._count), what, act))

    @property
    def next_in(self) -> float | None:
        """Seconds until the next event."""
        return max(0.0, (self._events[0][0] - self.real).total_seconds()) if self._events else None

    def advance(self, seconds: float) -> None:
        """Both clocks go on."""
        self.moment += timedelta(seconds=seconds)
        self.real += timedelta(seconds=seconds)

    def jump(self, by: timedelta) -> None:
        """The business clock is set."""
        self.moment += by

    def in_minutes(self, minutes: float) -> datetime:
        """The whole minute of the business clock so long from now."""
        return (self.moment + timedelta(minutes=minutes)).replace(second=0, microsecond=0)

    def run_next(self) -> bool:
        """Carry out one event that is due now, if there is one."""
        if not self._events or self._events[0][0] > self.real:
            return False
        _, _, what, act = heapq.heappop(self._events)
        if what:
            self.note(what)
        act()
        return True

    def note(self, what: str) -> None:
        """One line of the trace, in Dutch wall time."""
        self.trace.append(f"{self.moment.astimezone(AMSTERDAM):%a %d %b %H:%M:%S.%f}"[:-5] + f" {what}")
