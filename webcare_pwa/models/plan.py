"""Queries that turn the rows of a desk into the plain values that the rules work on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, time
from functools import cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from webcare_pwa.db import Utc
from webcare_pwa.errors import NotFound
from webcare_pwa.models.organisation import OfficeHours, Organisation
from webcare_pwa.models.person import Person, Role
from webcare_pwa.models.plan_parts import able, holiday_rule, leave_of, rotation_plan, swaps_of
from webcare_pwa.models.rota import Desk, Line, Override, Rotation
from webcare_pwa.rules.access import DUTY
from webcare_pwa.rules.holidays import USUAL
from webcare_pwa.rules.hours import Hours
from webcare_pwa.rules.rota_plan import LinePlan, OverridePlan, RotaPlan

_EVER = (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))


def rota_plan(session: Session, desk_id: int, between: tuple[datetime, datetime] | None = None) -> RotaPlan:
    """The rota of a desk. With `between` it is right at moments from the first up to and including the second only."""
    lines = session.execute(select(Line.id, Line.code, Line.skill).where(Line.desk_id == desk_id).order_by(Line.position)).all()
    ids = frozenset(row.id for row in lines)
    rotations = session.scalars(
        select(Rotation).where(Rotation.line_id.in_(ids)).order_by(Rotation.position, Rotation.id.desc())
    ).all()
    overrides = [
        (each.line_id, OverridePlan(number, each.person_id, each.starts_at, each.ends_at, each.created_at))
        for number, each in enumerate(overrides_of(session, ids, between))
    ]
    plans = {
        line.code: LinePlan(
            tuple(rotation_plan(each) for each in rotations if each.line_id == line.id),
            tuple(each for line_id, each in overrides if line_id == line.id),
            able(session, line.skill) if line.skill else None,
        )
        for line in lines
    }
    allowed = people_allowed(session, desk_id)
    swaps = swaps_of(session, ids)
    holidays = holiday_rule(session, desk_id) if any(each.windows for each in rotations) else USUAL
    return RotaPlan(plans, allowed, swaps, leave_of(session, allowed, between), holidays)


def overrides_of(session: Session, lines: frozenset[int], between: tuple[datetime, datetime] | None = None) -> list[Override]:
    """The overrides in force, oldest first; with `between` those that touch that stretch (both ends included)."""
    start, end = between or _EVER
    return list(session.scalars(_overrides(), {"lines": list(lines), "start": start, "end": end}))


@cache
def _overrides() -> Select[Override]:
    return (
        select(Override)
        .where(Override.line_id.in_(bindparam("lines", expanding=True)), Override.withdrawn_at.is_(None),
               Override.starts_at <= bindparam("end", type_=Utc), Override.ends_at > bindparam("start", type_=Utc))
        .order_by(Override.created_at, Override.id)
    )


def people_allowed(session: Session, desk_id: int) -> frozenset[int]:
    """Enabled people with the duty role in every organisation that the desk serves."""
    return frozenset(session.scalars(_allowed(), {"desk_id": desk_id}))


@cache  # these are asked some times in each tick of the worker: to build one costs more than to run it
def _allowed() -> Select[int]:
    served = select(Organisation.id).where(Organisation.desk_id == bindparam("desk_id"))
    return (
        select(Role.person_id)
        .join(Person, Person.id == Role.person_id)
        .where(Role.role == DUTY, Role.organisation_id.in_(served), Person.disabled_at.is_(None))
        .group_by(Role.person_id)
        .having(func.count() == select(func.count()).select_from(served.subquery()).scalar_subquery())
    )


def people_with_role(session: Session, organisation_id: int, role: str) -> list[int]:
    """Enabled people with a role in an organisation."""
    query = select(Role.person_id).join(Person, Person.id == Role.person_id)
    query = query.where(Role.organisation_id == organisation_id, Role.role == role, Person.disabled_at.is_(None))
    return sorted(session.scalars(query))


def hours_of(session: Session, organisation_id: int) -> Hours:
    """Office hours per weekday."""
    found = session.execute(_hours(), {"organisation_id": organisation_id})
    return {weekday: (opens, closes) for weekday, opens, closes in found}


@cache
def _hours() -> Select[int, time, time]:
    query = select(OfficeHours.weekday, OfficeHours.opens, OfficeHours.closes)
    return query.where(OfficeHours.organisation_id == bindparam("organisation_id"))


def hours_of_desk(session: Session, desk_id: int) -> list[Hours]:
    """Office hours of each organisation that the desk serves."""
    query = select(Organisation.id).where(Organisation.desk_id == desk_id).order_by(Organisation.id)
    return [hours_of(session, each) for each in session.scalars(query)]


def desk_of(session: Session, organisation_id: int) -> int:
    """Id of the desk that serves an organisation. Raises `NotFound`."""
    desk_id = session.scalar(select(Organisation.desk_id).where(Organisation.id == organisation_id))
    if desk_id is None:
        raise NotFound()
    return desk_id


def desks_for(session: Session, organisations: frozenset[int]) -> list[Desk]:
    """The desks that serve at least one of the organisations."""
    served = select(Organisation.desk_id).where(Organisation.id.in_(organisations))
    return list(session.scalars(select(Desk).where(Desk.id.in_(served)).order_by(Desk.id)))


def real_desks(session: Session) -> list[Desk]:
    """Every desk but that of the self-test."""
    tested = select(Organisation.desk_id).where(Organisation.synthetic)
    return list(session.scalars(select(Desk).where(Desk.id.not_in(tested)).order_by(Desk.id)))


def line_of(session: Session, line_id: int) -> Line:
    """A line, of whatever desk. Raises `NotFound`."""
    line = session.scalar(select(Line).where(Line.id == line_id))
    if line is None:
        raise NotFound()
    return line


def names_of(session: Session, person_ids: Collection[int]) -> dict[int, str]:
    """Full names by person id."""
    query = select(Person.id, Person.name).where(Person.id.in_(person_ids))
    return {row.id: row.name for row in session.execute(query)}
