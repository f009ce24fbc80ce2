"""The written rule for the clock: what a Dutch wall time means in UTC. The only place that turns one into the other.

A time that occurs twice means the first. A time that does not exist means as if the clock had not jumped (02:30 becomes
03:30 summer time). That is what `fold=0` of the standard library says, so nothing is corrected by hand.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@lru_cache(maxsize=65536)
def instant(day: date, at: time) -> datetime:
    """The UTC moment of a Dutch wall time."""
    return datetime.combine(day, at, AMSTERDAM).astimezone(UTC)


def wall(moment: datetime) -> datetime:
    """The same moment as Dutch wall time."""
    return moment.astimezone(AMSTERDAM)


def parse(text: str) -> datetime:
    """An ISO date and time as UTC; without offset it is Dutch wall time. Raises ValueError when it is not one."""
    given = datetime.fromisoformat(text.strip())
    return given.astimezone(UTC) if given.tzinfo else instant(given.date(), given.time())
