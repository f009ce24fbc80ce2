"""What the screen Rooster shows of a desk: who is on now and next, the coming weeks per line, moves. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.models import plan as plans
from webcare_pwa.models.rota import Desk, Line, Override
from webcare_pwa.rules.escalation import FIRST_LINE
from webcare_pwa.rules.rota import FOREVER, OVERRIDE, RotaPlan, Shift, shift_at, shifts_between
from webcare_pwa.steps import rota

SHOWN = timedelta(weeks=4)
_PLANNED = timedelta(days=730)  # moves may be made this far ahead


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


@dataclass(frozen=True)
class LineSheet:
    """A line: who is on at this moment (and until when), who comes after, and the rows of the coming weeks."""

    id: int
    code: str
    on_now: Row
    coming: Row | None
    rows: list[Row]


@dataclass(frozen=True)
class Move:
    """An override that still counts."""

    id: int
    line: str
    name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class DeskSheet:
    """A desk on the screen. `people`: id and name of everybody who may stand on a line, by name."""

    id: int
    name: str
    on_duty: bool
    lines: list[LineSheet]
    gaps: list[Row]
    moves: list[Move]
    people: list[tuple[int, str]]

    def rows_of(self, person_id: int) -> list[Row]:
        """The shifts of one person on all lines, in order of time."""
        rows = [row for line in self.lines for row in line.rows if row.person_id == person_id]
        return sorted(rows, key=lambda row: row.starts_at)


def sheet(session: Session, desk: Desk, *, now: datetime) -> DeskSheet:
    """The coming four weeks of a desk, from `now` on."""
    plan = plans.rota_plan(session, desk.id, (now, now + _PLANNED))
    lines = {line.id: line for line in desk.lines}
    overrides = plans.overrides_of(session, frozenset(lines), (now, now + _PLANNED))
    allowed = plan.allowed or frozenset()
    names = plans.names_of(session, allowed | {each.person_id for each in overrides})
    gaps = [_gap_row(gap, names) for gap in rota.gaps(session, desk.id, now, now + SHOWN)]
    return DeskSheet(
        desk.id,
        desk.name,
        rota.desk_is_on_duty(session, desk.id, now),
        [_line_sheet(plan, line, names, gaps if line.code == FIRST_LINE else [], now) for line in desk.lines],
        gaps,
        [_move(each, lines[each.line_id], names) for each in sorted(overrides, key=lambda each: each.starts_at)],
        sorted(((person, names[person]) for person in allowed), key=lambda each: each[1]),
    )


def _line_sheet(plan: RotaPlan, line: Line, names: dict[int, str], gaps: list[Row], now: datetime) -> LineSheet:
    shifts = shifts_between(plan, line.code, now, now + SHOWN)
    shifts[-1] = _to_its_end(plan, shifts[-1])
    rows = [_row(shift, names) for shift in shifts]
    holes = [gap for gap in gaps if gap.reason != rota.NO_DEVICE]
    filled = [_marked(row, gaps) for row in rows if row.person_id is not None or not holes]
    listed = sorted(filled + holes, key=lambda row: row.starts_at)
    return LineSheet(line.id, line.code, rows[0], rows[1] if len(rows) > 1 else None, listed)


def _to_its_end(plan: RotaPlan, shift: Shift) -> Shift:
    """The last shift of a list is not cut off at the end of the list."""
    whole = shift_at(plan, shift.line, shift.starts_at)
    return Shift(shift.line, shift.person_id, shift.starts_at, whole.ends_at, shift.source, shift.planned_id)


def _row(shift: Shift, names: dict[int, str]) -> Row:
    ends_at = None if shift.ends_at == FOREVER else shift.ends_at
    name = names[shift.person_id] if shift.person_id is not None else ""
    return Row(shift.line, shift.starts_at, ends_at, shift.person_id, name, shift.source == OVERRIDE)


def _marked(row: Row, gaps: list[Row]) -> Row:
    """A shift of somebody who cannot be woken is red as a whole when duty time lies in it."""
    unwakable = any(gap.person_id == row.person_id and _overlap(gap, row) for gap in gaps if gap.person_id is not None)
    if not unwakable:
        return row
    return Row(row.line, row.starts_at, row.ends_at, row.person_id, row.name, row.moved, rota.NO_DEVICE)


def _overlap(gap: Row, row: Row) -> bool:
    ends = gap.ends_at is None or gap.ends_at > row.starts_at
    return ends and (row.ends_at is None or gap.starts_at < row.ends_at)


def _gap_row(gap: rota.Gap, names: dict[int, str]) -> Row:
    person = gap.person_id if gap.reason == rota.NO_DEVICE else None
    name = names[person] if person is not None else ""
    return Row(FIRST_LINE, gap.starts_at, gap.ends_at, person, name, reason=gap.reason)


def _move(override: Override, line: Line, names: dict[int, str]) -> Move:
    name = names[override.person_id]
    return Move(override.id, line.code, name, override.starts_at, override.ends_at)
