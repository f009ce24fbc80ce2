"""When a hole in the rota is news, when it may be told, and in what words. Pure.

A hole is news where no known hole lies already. Days come into view one by one at the far end: what enters there is news only
when its cause is new, so that an unplanned rota is told once and not each day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from webcare_pwa.labels import WORDS, dates
from webcare_pwa.rules.wall_time import wall

AHEAD = timedelta(days=60)
ENTERS = timedelta(days=3)  # behind those sixty: here new days come into view (three, lest a standstill skips one)
QUIET_FROM, QUIET_UNTIL = time(22), time(7)
SOON = timedelta(hours=12)  # a gap nearer than this is told at any hour
NOBODY = "nobody"


@dataclass(frozen=True)
class Hole:
    """Duty time without a reachable first line; `reason` and `person_id` as in `steps/rota.py` Gap: its cause."""

    starts_at: datetime
    ends_at: datetime
    reason: str
    person_id: int | None = None

    @property
    def cause(self) -> tuple[str, int | None]:
        """Why there is a hole."""
        return self.reason, self.person_id

    def touches(self, other: Hole) -> bool:
        """Do they have time in common?"""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def uncovered(hole: Hole, known: Iterable[Hole]) -> list[Hole]:
    """The parts of a hole in which no known hole lies."""
    parts = [hole]
    for each in known:
        parts = [left for part in parts for left in _minus(part, each)]
    return parts


def is_news(hole: Hole, known: Iterable[Hole], now: datetime) -> bool:
    """Must the coordinator hear of a part that was not there before?"""
    enters = hole.starts_at >= now + AHEAD
    return not (enters and any(each.cause == hole.cause for each in known))


def may_tell(starts_at: datetime, now: datetime) -> bool:
    """In the quiet hours only what begins soon; the scheduler does not wake people (design, promise 14)."""
    at = wall(now).time()
    quiet = at >= QUIET_FROM or at < QUIET_UNTIL
    return not quiet or starts_at - now < SOON


def sentence(holes: Sequence[Hole], *, open_from: datetime | None) -> str:
    """What the coordinator reads. `open_from`: from when on nobody is planned at all, when that is so."""
    words = WORDS["gap_notice"]
    first = min(holes, key=lambda each: each.starts_at)
    closed = [each for each in holes if open_from is None or each.starts_at < open_from]
    tail = words["open_end"].format(when=moment(open_from)) if open_from and len(closed) < len(holes) else ""
    if not closed:
        return tail
    name = "one" if len(closed) == 1 else "many"
    head = words[name].format(number=len(closed), when=moment(first.starts_at), reason=WORDS["gap"][first.reason])
    return f"{head} {tail}".strip()


def moment(at: datetime) -> str:
    """za 28 nov 17:00, Dutch wall time."""
    local = wall(at)
    return f"{dates.DAYS_SHORT[local.weekday()]} {local.day} {dates.MONTHS_SHORT[local.month - 1]} {local:%H:%M}"


def _minus(hole: Hole, known: Hole) -> list[Hole]:
    if not hole.touches(known):
        return [hole]
    parts = []
    if hole.starts_at < known.starts_at:
        parts.append(replace(hole, ends_at=known.starts_at))
    if known.ends_at < hole.ends_at:
        parts.append(replace(hole, starts_at=known.ends_at))
    return parts
