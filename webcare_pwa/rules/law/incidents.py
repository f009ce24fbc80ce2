"""Real call-outs out of what a person did to one incident: from the call to the last act, only outside office hours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from webcare_pwa.rules.law.person import CallOut

SILENT = timedelta(hours=2)
"""So long without any act means that the work had stopped: the app asks for progress after half an hour already."""
_MINUTE = timedelta(minutes=1)


def call_outs(
    acts: Iterable[datetime], calls: Sequence[datetime], duty: Iterable[tuple[datetime, datetime]]
) -> Iterator[CallOut]:
    """`acts`: taken, acted upon, closed; `calls`: when he was paged for it; `duty`: when an office is closed. Work begins at
    the call that led to it (5:9(7)a). A call that he never acted upon is none. Whole minutes, rounded outwards."""
    done = sorted(acts)
    for start, end in duty:
        inside = done[bisect_left(done, start) : bisect_left(done, end)]
        for group in _groups(inside):
            called = [each for each in calls if max(start, group[0] - SILENT) <= each <= group[0]]
            yield _call_out(called[0] if called else group[0], group[-1])


def _groups(acts: Sequence[datetime]) -> Iterator[list[datetime]]:
    group: list[datetime] = []
    for act in acts:
        if group and act - group[-1] > SILENT:
            yield group
            group = []
        group.append(act)
    if group:
        yield group


def _call_out(first: datetime, last: datetime) -> CallOut:
    starts = first.replace(second=0, microsecond=0)
    ends = last.replace(second=0, microsecond=0)
    return CallOut(starts, max(starts + _MINUTE, ends if ends == last else ends + _MINUTE))
