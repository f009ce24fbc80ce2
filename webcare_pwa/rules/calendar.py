"""What a calendar says of a rota: whole shifts, and what falls on one day. Pure.

Who has a line comes from `rules/rota.py`, as everywhere; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from webcare_pwa.rules.periods import midnight
from webcare_pwa.rules.rota import OVERRIDE, SWAP, Shift, shift_at, shifts_between
from webcare_pwa.rules.rota_plan import RotaPlan
from webcare_pwa.rules.wall_time import wall

SHIFT, GAP, HOLE = "shift", "gap", "hole"
_DAY = timedelta(days=1)


class Stretch(NamedTuple):
    """Something to show on a line in [starts_at, ends_at).

    `kind`: shift | gap (red: nobody is called there) | hole (nobody, and no gap). `person_id` is who has it; of a gap or hole
    who was planned. `reason` of a gap or hole as in `steps/rota.py`.
    """

    line: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    person_id: int | None
    reason: str = ""
    moved: bool = False  # by hand, or swapped: it is not what the rotation says


class Entry(NamedTuple):
    """A stretch as it falls on one day, cut off at midnight.

    `opens` and `closes`: Dutch wall time; empty when it began before that day or goes on after it.
    """

    stretch: Stretch
    starts_at: datetime
    ends_at: datetime
    opens: str
    closes: str


def whole_between(plan: RotaPlan, line: str, start: datetime, end: datetime) -> list[Shift]:
    """The shifts and holes that touch [start, end), none cut off; the plan must be right around it too."""
    found = shifts_between(plan, line, start, end)
    for place in {0, len(found) - 1} if found else ():
        found[place] = shift_at(plan, line, found[place].starts_at)
    return found


def of_shift(shift: Shift) -> Stretch:
    """A shift of somebody."""
    return Stretch(shift.line, SHIFT, shift.starts_at, shift.ends_at, shift.person_id, moved=shift.source in (OVERRIDE, SWAP))


def cut(stretch: Stretch, spans: Iterable[tuple[datetime, datetime]]) -> Iterator[Stretch]:
    """The parts of a stretch that lie in spans of time."""
    for start, end in spans:
        if start < stretch.ends_at and end > stretch.starts_at:
            yield stretch._replace(starts_at=max(start, stretch.starts_at), ends_at=min(end, stretch.ends_at))


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Of one line, in order: what goes on without a change that anybody sees is one stretch (two turns of one person)."""
    found: list[Stretch] = []
    for each in stretches:
        last = found[-1] if found else None
        if last and last.ends_at == each.starts_at and last._replace(starts_at=each.starts_at, ends_at=each.ends_at) == each:
            found[-1] = last._replace(ends_at=each.ends_at)
        else:
            found.append(each)
    return found


def by_day(stretches: Iterable[Stretch], days: Sequence[date]) -> Mapping[date, list[Entry]]:
    """What falls on each of the days (which follow each other), in the order given."""
    found: dict[date, list[Entry]] = {day: [] for day in days}
    edges = [midnight(day) for day in days] + [midnight(days[-1] + _DAY)]
    for each in stretches:
        first = max(wall(max(each.starts_at, edges[0])).date(), days[0])
        for place in range((first - days[0]).days, len(days)):
            start, end = edges[place], edges[place + 1]
            if each.ends_at <= start:
                break
            if each.starts_at < end:
                opens = f"{wall(each.starts_at):%H:%M}" if each.starts_at > start else ""
                closes = f"{wall(each.ends_at):%H:%M}" if each.ends_at < end else ""
                cut = max(each.starts_at, start), min(each.ends_at, end)
                found[days[place]].append(Entry(each, *cut, opens, closes))
    return found
