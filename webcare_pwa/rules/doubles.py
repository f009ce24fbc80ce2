"""Double duty: one person on two lines at once. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from webcare_pwa.rules.rota import Shift


class Double(NamedTuple):
    """One person on two lines at once: nobody is left to be his own backup."""

    person_id: int
    starts_at: datetime
    ends_at: datetime
    lines: tuple[str, str]


def doubles(shifts: Iterable[Shift]) -> list[Double]:
    """Where one person stands on two lines at once, in order of time."""
    by_person: dict[int, list[Shift]] = defaultdict(list)
    for shift in sorted(shifts, key=lambda each: each.starts_at):
        if shift.person_id is not None:
            by_person[shift.person_id].append(shift)
    return sorted((each for mine in by_person.values() for each in _doubles_of(mine)), key=lambda each: each.starts_at)


def _doubles_of(shifts: Sequence[Shift]) -> Iterator[Double]:
    running: list[Shift] = []
    for shift in shifts:
        running = [each for each in running if each.ends_at > shift.starts_at]
        for each in running:
            if each.line != shift.line:
                yield Double(shift.person_id or 0, shift.starts_at, min(each.ends_at, shift.ends_at), (each.line, shift.line))
        running.append(shift)
