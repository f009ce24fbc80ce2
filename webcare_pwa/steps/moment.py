"""Who is on at a moment asked, and who comes next: in words of `steps/rota.py`. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa.models import plan as plans
from webcare_pwa.models.desk_names import line_names
from webcare_pwa.rules.rota import Shift, shift_at
from webcare_pwa.steps import rota
from webcare_pwa.steps.calendar import AROUND, people_of
from webcare_pwa.steps.standing import standing


@dataclass(frozen=True)
class Answer:
    """Who has a line at a moment (None: nobody), and who comes after."""

    line: str
    name: str
    planned: str  # who stands in the plan, when he cannot have it
    reason: str  # why nobody has it, as in `steps/rota.py`
    ends_at: datetime
    coming: str


@dataclass(frozen=True)
class Moment:
    """A desk at a moment. `swapped`: the backup is called first, as the first line did not confirm."""

    on_duty: bool
    swapped: bool
    answers: list[Answer]
    lines: dict[str, str]


def moment(session: Session, desk_id: int, at: datetime) -> Moment:
    """Who is on at a moment, and who comes next."""
    plan = plans.rota_plan(session, desk_id, (at, at + AROUND))
    found = []
    for line in plan.lines:
        shift = shift_at(plan, line, at)
        found.append((shift, shift_at(plan, line, shift.ends_at) if shift.ends_at < at + AROUND else None))
    names = plans.names_of(session, people_of([each for pair in found for each in pair if each]))
    return Moment(
        rota.desk_is_on_duty(session, desk_id, at),
        standing(session, desk_id, at).swapped,
        [_answer(shift, coming, names) for shift, coming in found],
        line_names(session, desk_id),
    )


def _answer(shift: Shift, coming: Shift | None, names: dict[int, str]) -> Answer:
    nobody = shift.person_id is None
    return Answer(
        shift.line,
        names.get(shift.person_id or 0, ""),
        names.get(shift.planned_id or 0, "") if nobody else "",
        rota.reason_of(shift) if nobody else "",
        shift.ends_at,
        names.get(coming.person_id or 0, "") if coming else "",
    )
