"""What a calendar shows of one line: shifts, gaps, holes. Values and how they are made; no queries."""

from __future__ import annotations

from collections.abc import Sequence

from webcare_pwa.rules import calendar
from webcare_pwa.rules.calendar import GAP, HOLE, Stretch
from webcare_pwa.rules.escalation import BACKUP, FIRST_LINE
from webcare_pwa.rules.hours import Interval
from webcare_pwa.rules.rota import Shift
from webcare_pwa.steps import rota


def stretches_of(line: str, shifts: Sequence[Shift], gaps: Sequence[rota.Gap], duty: Sequence[Interval]) -> list[Stretch]:
    """What is shown of a line, in order of time.

    On the first line a hole is a gap, and only in duty time. On the backup it matters in duty time too, but is no gap. On other
    lines only what was planned and fell out is told: nobody needs them at all hours.
    """
    manned = calendar.joined(calendar.of_shift(each) for each in shifts if each.person_id is not None)
    holes = [_hole(each) for each in shifts if each.person_id is None]
    if line == FIRST_LINE:
        holes = [_gap(each) for each in gaps if each.reason != rota.NO_DEVICE]
    elif line == BACKUP:
        holes = [part for each in holes for part in calendar.cut(each, duty)]
    else:
        holes = [each for each in holes if each.person_id is not None]
    return sorted(manned + holes, key=lambda each: each.starts_at)


def _gap(gap: rota.Gap) -> Stretch:
    return Stretch(FIRST_LINE, GAP, gap.starts_at, gap.ends_at, gap.person_id, gap.reason)


def _hole(shift: Shift) -> Stretch:
    return Stretch(shift.line, HOLE, shift.starts_at, shift.ends_at, shift.planned_id, rota.reason_of(shift))
