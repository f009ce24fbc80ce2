"""Which incidents look like one and the same outage, and which of them leads. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from webcare_pwa.rules.urgency import RANK

WITHIN = timedelta(hours=2)
AGREE = 3  # so many alike are taken together without asking
VULNERABLE = "vulnerable"  # the question about who is in the home


@dataclass(frozen=True)
class Like:
    """An open incident, as far as grouping goes. `head_id`: the incident it is attached to. `leads`: others are attached
    to it. `kept_apart`: a person took it out of an outage."""

    id: int
    complex_id: int | None
    group: str
    opened_at: datetime
    urgency: str
    owned: bool = False
    head_id: int | None = None
    leads: bool = False
    kept_apart: bool = False


def alike(one: Like, other: Like) -> bool:
    """Same complex, same category group, reported within two hours of each other."""
    return (
        one.id != other.id and one.complex_id is not None and one.complex_id == other.complex_id
        and one.group == other.group and abs(one.opened_at - other.opened_at) <= WITHIN
    )


def leader(those: Sequence[Like]) -> Like:
    """Which of them is worked on for all: what leads already, then what somebody took, the most urgent, the oldest."""
    return min(those, key=lambda each: (not each.leads, not each.owned, -RANK[each.urgency], each.opened_at, each.id))


def to_attach(new: Like, others: Iterable[Like]) -> tuple[int, tuple[int, ...]]:
    """(head, what is attached to it) without asking anybody; (0, ()) when too few agree. What somebody took by itself, and
    what a person kept apart, stays as it is."""
    near = [each for each in others if alike(new, each) and not each.kept_apart]
    if new.kept_apart or len(near) + 1 < AGREE:
        return 0, ()
    free = [each for each in (*near, new) if each.head_id is None]
    led = [each.head_id for each in near if each.head_id is not None]
    head = led[0] if led and not any(each.leads for each in free) else leader(free).id
    return head, tuple(each.id for each in free if each.id != head and not each.owned and not each.leads)
