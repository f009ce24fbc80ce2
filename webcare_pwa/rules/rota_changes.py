"""What a change of the rota means to people: which stretches each of them gains and loses. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple


class Held(NamedTuple):
    """Somebody has a line in [starts_at, ends_at)."""

    line: str
    person_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Change:
    """What one person gains and loses, line by line in order of time."""

    person_id: int
    gained: tuple[Held, ...]
    lost: tuple[Held, ...]


def changes(before: Iterable[Held], after: Iterable[Held]) -> list[Change]:
    """Per person, in order of their numbers. A hand-off to oneself is nothing: only who has the line counts."""
    was, will = _by_key(before), _by_key(after)
    found: dict[int, tuple[list[Held], list[Held]]] = {}
    for line, person in sorted(was.keys() | will.keys()):
        old, new = was.get((line, person), []), will.get((line, person), [])
        gained, lost = found.setdefault(person, ([], []))
        gained += [Held(line, person, *span) for span in _without(new, old)]
        lost += [Held(line, person, *span) for span in _without(old, new)]
    return [Change(person, tuple(gained), tuple(lost)) for person, (gained, lost) in sorted(found.items()) if gained or lost]


Span = tuple[datetime, datetime]


def _by_key(held: Iterable[Held]) -> dict[tuple[str, int], list[Span]]:
    found: dict[tuple[str, int], list[Span]] = {}
    for each in held:
        found.setdefault((each.line, each.person_id), []).append((each.starts_at, each.ends_at))
    return found


def _without(spans: list[Span], taken: list[Span]) -> list[Span]:
    """The time of `spans` that is not in `taken`, joined where it touches."""
    found: list[Span] = []
    for left, right in pairwise(sorted({edge for span in (*spans, *taken) for edge in span})):
        if _covers(spans, left) and not _covers(taken, left):
            if found and found[-1][1] == left:
                left = found.pop()[0]
            found.append((left, right))
    return found


def _covers(spans: list[Span], at: datetime) -> bool:
    return any(start <= at < end for start, end in spans)
