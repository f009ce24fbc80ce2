"""Reads data/demo.yaml, and turns its times ("fri 23:12") into moments around the demo's Saturday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from webcare_pwa.rules.wall_time import instant, wall

_FILE = Path(__file__).resolve().parent.parent / "data" / "demo.yaml"
_DAYS_BEFORE = {"thu": 2, "fri": 1, "sat": 0}
STARTS_AT = time(2, 5)  # wall time, on a Saturday
_SATURDAY = 5


@lru_cache(maxsize=1)
def load() -> dict[str, Any]:
    """The whole file."""
    book: dict[str, Any] = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return book


def next_start(after: datetime) -> datetime:
    """The first Saturday 02:05 after a moment."""
    day = wall(after).date()
    day += timedelta(days=(_SATURDAY - day.weekday()) % 7)
    start = instant(day, STARTS_AT)
    return start if start > after else instant(day + timedelta(days=7), STARTS_AT)


@dataclass(frozen=True)
class Calendar:
    """The demo's Saturday."""

    saturday: date

    def moment(self, text: str) -> datetime:
        """The moment of "fri 23:12"."""
        day, _, clock = text.partition(" ")
        return instant(self.saturday - timedelta(days=_DAYS_BEFORE[day]), time.fromisoformat(clock))

    def first_handoff(self, turns: int) -> date:
        """A Monday some weeks ago on which a rotation of `turns` weeks begins, so that its first turn is this week."""
        return self.saturday - timedelta(days=_SATURDAY + 7 * 2 * turns)
