"""R7: what counts as work in a call-out (5:9(7)).

Work begins at the call and ends as the setting `callout_ends_at` says. A new call within half an hour after it makes the time
between work as well. Work of less than half an hour counts as half an hour; what is added so lies right behind it and counts
on top of planned work that begins in it. A call during planned work is that work; nothing is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from webcare_pwa.rules.law.bounds import WORK_DONE
from webcare_pwa.rules.law.minutes import Stretch, minute, within
from webcare_pwa.rules.law.person import CallOut
from webcare_pwa.rules.law.settings import LawSettings


@dataclass(frozen=True)
class Work:
    """Calls that count as one piece of work: [starts, ends) was worked, up to `until` it counts. `calls`: when each came."""

    starts: int
    ends: int
    until: int
    calls: tuple[int, ...]

    @property
    def minutes(self) -> int:
        """What it counts for."""
        return self.until - self.starts


def counted(call_outs: Iterable[CallOut], settings: LawSettings, planned: Sequence[Stretch] = ()) -> tuple[Work, ...]:
    """The work of call-outs, in order. `planned`: joined stretches of planned work."""
    groups: list[list[Stretch]] = []
    ends = 0
    for call in sorted(_stretch(each, settings) for each in call_outs):
        if groups and call[0] - ends <= settings.callout_merge_gap_minutes:
            groups[-1].append(call)
            ends = max(ends, call[1])
        else:
            groups.append([call])
            ends = call[1]
    return tuple(_work(group, settings.callout_min_minutes, planned) for group in groups)


def _work(group: list[Stretch], least: int, planned: Sequence[Stretch]) -> Work:
    start, end = group[0][0], max(right for _, right in group)
    until = end if within(start, planned) else max(end, start + least)
    return Work(start, end, until, tuple(left for left, _ in group))


def _stretch(call: CallOut, settings: LawSettings) -> Stretch:
    done = call.work_done_at if settings.callout_ends_at == WORK_DONE else None
    start = minute(call.starts_at)
    return start, max(start + 1, minute(done or call.ends_at))
