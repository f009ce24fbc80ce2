"""What the screen Rooster shows of a desk: who is on now and next, the coming weeks per line, moves. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.models import plan as plans
from webcare_pwa.models.rehearsal import Answered
from webcare_pwa.models.rota import Desk, Line, Override
from webcare_pwa.rules.escalation import FIRST_LINE
from webcare_pwa.rules.rota import Shift, shift_at, shifts_between
from webcare_pwa.rules.rota_plan import RotaPlan
from webcare_pwa.steps import rota
from webcare_pwa.steps.push_only import push_only
from webcare_pwa.steps.rota_rows import Row, gap_row, marked, shift_row
from webcare_pwa.steps.standing import rehearsed, standing

SHOWN = timedelta(weeks=4)
_PLANNED = timedelta(days=730)  # moves may be made this far ahead


@dataclass(frozen=True)
class LineSheet:
    """A line: who is on at this moment (and until when), who comes after, and the rows of the coming weeks."""

    id: int
    code: str
    on_now: Row
    coming: Row | None
    rows: list[Row]
    rehearsal: Answered | None  # of who is on now, when one went out


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
    push_only: list[str]  # lines on which nobody, now or next, has a contact beside push
    swapped: bool  # the backup is called first, as the first line did not confirm

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
    asked = rehearsed(session, desk.id, allowed, now)
    gaps = [gap_row(gap, names) for gap in rota.gaps(session, desk.id, now, now + SHOWN)]
    return DeskSheet(
        desk.id,
        desk.name,
        rota.desk_is_on_duty(session, desk.id, now),
        [_line_sheet(plan, line, names, gaps if line.code == FIRST_LINE else [], now, asked) for line in desk.lines],
        gaps,
        [_move(each, lines[each.line_id], names) for each in sorted(overrides, key=lambda each: each.starts_at)],
        sorted(((person, names[person]) for person in allowed), key=lambda each: each[1]),
        push_only(session, desk.id, now),
        standing(session, desk.id, now).swapped,
    )


def _line_sheet(
    plan: RotaPlan, line: Line, names: dict[int, str], gaps: list[Row], now: datetime, asked: dict[int, Answered]
) -> LineSheet:
    shifts = shifts_between(plan, line.code, now, now + SHOWN)
    shifts[-1] = _to_its_end(plan, shifts[-1])
    rows = [shift_row(shift, names) for shift in shifts]
    holes = [gap for gap in gaps if gap.reason != rota.NO_DEVICE]
    filled = [marked(row, gaps) for row in rows if row.person_id is not None or not holes]
    listed = sorted(filled + holes, key=lambda row: row.starts_at)
    return LineSheet(line.id, line.code, rows[0], rows[1] if len(rows) > 1 else None, listed, asked.get(rows[0].person_id or 0))


def _to_its_end(plan: RotaPlan, shift: Shift) -> Shift:
    """The last shift of a list is not cut off at the end of the list."""
    whole = shift_at(plan, shift.line, shift.starts_at)
    return Shift(shift.line, shift.person_id, shift.starts_at, whole.ends_at, shift.source, shift.planned_id)


def _move(override: Override, line: Line, names: dict[int, str]) -> Move:
    name = names[override.person_id]
    return Move(override.id, line.code, name, override.starts_at, override.ends_at)
