"""The rota of a desk as a document (docs/rota-format.md). People are called by their e-mail addresses."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.models import plan as plans
from webcare_pwa.models.person import Person
from webcare_pwa.models.plan_parts import holiday_rule, leave_of
from webcare_pwa.models.rota import Desk, Rotation
from webcare_pwa.models.rota_changes import Skill
from webcare_pwa.rules.rota_file_values import FileLine, FilePerson
from webcare_pwa.rules.rota_file_write import to_document
from webcare_pwa.rules.rota_plan import LeavePlan, LinePlan, OverridePlan, RotaPlan
from webcare_pwa.steps.rota_import import UNKNOWN

Made = TypeVar("Made", OverridePlan, LeavePlan)


def written(session: Session, desk_id: int) -> dict[str, Any]:
    """The document. Everybody who stands in the rota or may is in it."""
    desk = session.get_one(Desk, desk_id)
    plan = plans.rota_plan(session, desk_id)
    ids = _mentioned(plan)
    plan = replace(
        plan, lines={line: _undated(lane) for line, lane in plan.lines.items()}, holidays=holiday_rule(session, desk_id),
        leave=tuple(_dated(each) for each in leave_of(session, ids)), lanes={},
    )  # fmt: skip
    named = list(session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.email)))
    query = select(Skill).where(Skill.person_id.in_([each.id for each in named])).order_by(Skill.code)
    skills: dict[int, list[str]] = {}
    for row in session.scalars(query):
        skills.setdefault(row.person_id, []).append(row.code)
    allowed = plan.allowed or frozenset()
    people = [FilePerson(each.email, each.name, each.id in allowed, tuple(skills.get(each.id, ()))) for each in named]
    lines = [FileLine(line.code, line.name or line.code, line.skill) for line in desk.lines]
    return to_document(desk.name, people, lines, plan, {each.id: each.email for each in named}, _codes(session, desk))


def _codes(session: Session, desk: Desk) -> dict[int, str]:
    """What the rotations are called: by their code, or one made from the line and their number."""
    lines = {line.id: line.code for line in desk.lines}
    rows = session.scalars(select(Rotation).where(Rotation.line_id.in_(lines)).order_by(Rotation.id)).all()
    return {row.id: row.code or f"{lines[row.line_id]}#{row.id}" for row in rows}


def _mentioned(plan: RotaPlan) -> set[int]:
    found = set(plan.allowed or ())
    found |= {each.person_id for each in plan.swaps if each.person_id is not None}
    for lane in plan.lines.values():
        found |= {person for each in lane.rotations for person in each.members} | {each.person_id for each in lane.overrides}
    return found


def _undated(lane: LinePlan) -> LinePlan:
    return replace(lane, overrides=tuple(_dated(each) for each in lane.overrides))


def _dated(made: Made) -> Made:
    known: datetime | None = made.created_at
    return replace(made, created_at=None) if known == UNKNOWN else made
