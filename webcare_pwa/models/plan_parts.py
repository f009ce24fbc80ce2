"""The rows of a rota, each kind turned into the plain values of `rules/rota_plan.py`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.models.rota import Desk, Rotation
from webcare_pwa.models.rota_changes import Absence, ExtraHoliday, RotationWindow, Skill, Swap
from webcare_pwa.rules.holidays import HolidayRule
from webcare_pwa.rules.rota_plan import LeavePlan, RotationPlan, SwapPlan
from webcare_pwa.rules.rota_windows import Window


def rotation_plan(row: Rotation) -> RotationPlan:
    """The row as a value; its id is its number."""
    return RotationPlan(
        tuple(each.person_id for each in row.members),
        row.starts_on,
        row.handoff_time,
        row.every,
        row.unit,
        datetime.combine(row.begins_on, row.begins_time or row.handoff_time) if row.begins_on else None,
        datetime.combine(row.ends_on, row.ends_time or row.handoff_time) if row.ends_on else None,
        tuple(_window(each) for each in row.windows),
        row.id,
    )


def _window(row: RotationWindow) -> Window:
    return Window(row.opens, row.closes, frozenset(int(day) for day in row.days), row.closes_on, row.holidays)


def swaps_of(session: Session, lines: Collection[int]) -> tuple[SwapPlan, ...]:
    """The swaps in force of the rotations of lines, in the order made."""
    query = select(Swap).join(Rotation, Rotation.id == Swap.rotation_id)
    query = query.where(Rotation.line_id.in_(lines), Swap.withdrawn_at.is_(None)).order_by(Swap.created_at, Swap.id)
    return tuple(_swap(each) for each in session.scalars(query))


def _swap(row: Swap) -> SwapPlan:
    other = (row.other_rotation_id, row.other_turn or 0) if row.other_rotation_id is not None else None
    return SwapPlan((row.rotation_id, row.turn), row.person_id, other)


def leave_of(
    session: Session, people: Collection[int], between: tuple[datetime, datetime] | None = None
) -> tuple[LeavePlan, ...]:
    """The leave in force of people; with `between` what touches that stretch (both ends included)."""
    query = select(Absence.person_id, Absence.starts_at, Absence.ends_at, Absence.created_at)
    query = query.where(Absence.person_id.in_(people), Absence.withdrawn_at.is_(None))
    if between:
        query = query.where(Absence.starts_at <= between[1], Absence.ends_at > between[0])
    return tuple(LeavePlan(*row) for row in session.execute(query.order_by(Absence.starts_at, Absence.id)))


def on_leave(session: Session, people: Collection[int], at: datetime) -> frozenset[int]:
    """Who of them is on leave at a moment."""
    return frozenset(each.person_id for each in leave_of(session, people, (at, at)))


def able(session: Session, skill: str) -> frozenset[int]:
    """Who has a skill."""
    return frozenset(session.scalars(select(Skill.person_id).where(Skill.code == skill)))


def holiday_rule(session: Session, desk_id: int) -> HolidayRule:
    """Which days are holidays to the rota of a desk."""
    query = select(Desk.good_friday, Desk.liberation_day, Desk.december_24, Desk.december_31).where(Desk.id == desk_id)
    days = select(ExtraHoliday.day, ExtraHoliday.name).where(ExtraHoliday.desk_id == desk_id).order_by(ExtraHoliday.day)
    extra = tuple((row.day, row.name) for row in session.execute(days))
    return HolidayRule(*session.execute(query).one(), extra=extra)
