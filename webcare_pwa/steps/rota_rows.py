"""One line of a list on the screen Rooster: a shift, or a gap in red. Values and how they are made; no queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from webcare_pwa.rules.escalation import FIRST_LINE
from webcare_pwa.rules.rota import OVERRIDE, Shift
from webcare_pwa.rules.rota_plan import FOREVER
from webcare_pwa.steps import rota


@dataclass(frozen=True)
class Row:
    """One line of a list: a shift, a gap (`reason` says why, see `steps/rota.py`), or a hole that is no gap."""

    line: str
    starts_at: datetime
    ends_at: datetime | None  # None: nothing ends it
    person_id: int | None = None
    name: str = ""
    moved: bool = False
    reason: str = ""


def shift_row(shift: Shift, names: dict[int, str]) -> Row:
    """A shift, or a hole when nobody has it."""
    ends_at = None if shift.ends_at == FOREVER else shift.ends_at
    name = names[shift.person_id] if shift.person_id is not None else ""
    return Row(shift.line, shift.starts_at, ends_at, shift.person_id, name, shift.source == OVERRIDE)


def marked(row: Row, gaps: list[Row]) -> Row:
    """A shift of somebody who cannot be woken is red as a whole when duty time lies in it."""
    unwakable = any(gap.person_id == row.person_id and _overlap(gap, row) for gap in gaps if gap.person_id is not None)
    if not unwakable:
        return row
    return Row(row.line, row.starts_at, row.ends_at, row.person_id, row.name, row.moved, rota.NO_DEVICE)


def _overlap(gap: Row, row: Row) -> bool:
    ends = gap.ends_at is None or gap.ends_at > row.starts_at
    return ends and (row.ends_at is None or gap.starts_at < row.ends_at)


def gap_row(gap: rota.Gap, names: dict[int, str]) -> Row:
    """A gap; with a person only when he is on but cannot be woken."""
    person = gap.person_id if gap.reason == rota.NO_DEVICE else None
    name = names[person] if person is not None else ""
    return Row(FIRST_LINE, gap.starts_at, gap.ends_at, person, name, reason=gap.reason)
