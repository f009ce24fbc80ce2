"""A rota document read into a desk. It takes the place of what the desk had, the past included: it is for setting up and moving
house, not for editing. People must be known by e-mail address; what they may do follows from their roles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from webcare_pwa.models import audit
from webcare_pwa.models.person import Person
from webcare_pwa.models.rota import Desk, Line, Override, Rotation, RotationMember
from webcare_pwa.models.rota_changes import Absence, ExtraHoliday, RotationWindow, Skill, Swap
from webcare_pwa.rules.fields import Faults
from webcare_pwa.rules.rota_file_values import RotaFile
from webcare_pwa.steps.rota_import_checks import mistakes
from webcare_pwa.steps.rota_import_rows import rotation_row

UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)  # when something was made whose document does not say so: before everything else


def take_in(session: Session, desk_id: int, rota: RotaFile, *, by: int, now: datetime, replace: bool = False) -> None:
    """Write the document into the desk. Raises `Faults` when it does not fit, or when the desk has a rota and not `replace`."""
    desk = session.get_one(Desk, desk_id)
    people = _people(session, rota)
    lines = [line.id for line in desk.lines]
    had = session.scalars(select(Rotation.id).where(Rotation.line_id.in_(lines))).all()
    moved = session.scalars(select(Override).where(Override.line_id.in_(lines), Override.withdrawn_at.is_(None))).all()
    faults = mistakes(rota, people)
    if (had or moved) and not replace:
        faults.append("the desk has a rota; with --replace the document takes its place, the past included")
    if faults:
        raise Faults(faults)
    _drop(session, desk, lines, list(had), list(moved), now)
    _holidays(desk, session, rota)
    known = {number: people[each.id] for number, each in enumerate(rota.people)}
    _skills(session, rota, known)
    rotations = _lines(session, desk, rota, known, by, now)
    _changes(session, rota, known, rotations, by, now)
    audit.record(session, "rota.imported", "desk", desk_id, now=now, by=by, rotations=len(rotations), replaced=len(had))


def _people(session: Session, rota: RotaFile) -> dict[str, int]:
    """Ids of the people of the document, by their ids there: e-mail addresses."""
    mails = {each.id.lower(): each.id for each in rota.people}
    rows = session.execute(select(Person.id, Person.email).where(Person.email.in_(mails)))
    return {mails[row.email]: row.id for row in rows}


def _drop(session: Session, desk: Desk, lines: list[int], had: list[int], moved: list[Override], now: datetime) -> None:
    for override in moved:
        override.withdrawn_at = now
    session.execute(delete(Swap).where(or_(Swap.rotation_id.in_(had), Swap.other_rotation_id.in_(had))))
    for table in (RotationWindow, RotationMember):
        session.execute(delete(table).where(table.rotation_id.in_(had)))
    session.execute(delete(Rotation).where(Rotation.id.in_(had)))
    session.execute(delete(ExtraHoliday).where(ExtraHoliday.desk_id == desk.id))
    session.expire_all()


def _holidays(desk: Desk, session: Session, rota: RotaFile) -> None:
    rule = rota.plan.holidays
    desk.good_friday, desk.liberation_day = rule.good_friday, rule.liberation_day
    desk.december_24, desk.december_31 = rule.december_24, rule.december_31
    session.add_all(ExtraHoliday(desk_id=desk.id, day=day, name=name) for day, name in rule.extra)


def _skills(session: Session, rota: RotaFile, known: Mapping[int, int]) -> None:
    """The skills that the document names. People may have others, which it does not take away."""
    has = {(row.person_id, row.code) for row in session.scalars(select(Skill).where(Skill.person_id.in_(known.values())))}
    wanted = {(known[number], code) for number, each in enumerate(rota.people) for code in each.skills}
    session.add_all(Skill(person_id=person, code=code) for person, code in sorted(wanted - has))


def _lines(
    session: Session, desk: Desk, rota: RotaFile, known: Mapping[int, int], by: int, now: datetime
) -> dict[int, Rotation]:
    """The lines with their rotations and overrides; the rotations by their numbers in the document."""
    there = {line.code: line for line in desk.lines}
    rotations: dict[int, Rotation] = {}
    for position, each in enumerate(rota.lines):
        line = there.get(each.id) or Line(desk_id=desk.id, code=each.id)
        line.position, line.name, line.skill = position, each.name if each.name != each.id else "", each.skill
        session.add(line)
        session.flush()
        lane = rota.plan.lines[each.id]
        for place, plan in enumerate(lane.rotations):
            rotations[plan.number] = rotation_row(plan, line.id, place, rota.rotations[plan.number], known)
        for override in sorted(lane.overrides, key=lambda override: override.number):
            session.add(Override(
                line_id=line.id, person_id=known[override.person_id], starts_at=override.starts_at, ends_at=override.ends_at,
                created_by_id=by, created_at=override.created_at or UNKNOWN,
            ))  # fmt: skip
    session.add_all(rotations[number] for number in sorted(rotations))
    session.flush()
    return rotations


def _changes(
    session: Session, rota: RotaFile, known: Mapping[int, int], rotations: Mapping[int, Rotation], by: int, now: datetime
) -> None:
    """Swaps, in their order; and leave, unless it stands there already."""
    for swap in rota.plan.swaps:
        person = None if swap.person_id is None else known[swap.person_id]
        rotation_id, turn = rotations[swap.turn[0]].id, swap.turn[1]
        row = Swap(rotation_id=rotation_id, turn=turn, person_id=person, created_by_id=by, created_at=now)
        if swap.other:
            row.other_rotation_id, row.other_turn = rotations[swap.other[0]].id, swap.other[1]
        session.add(row)
        session.flush()
    query = select(Absence).where(Absence.person_id.in_(known.values()), Absence.withdrawn_at.is_(None))
    has = {(each.person_id, each.starts_at, each.ends_at) for each in session.scalars(query)}
    for leave in rota.plan.leave:
        if (known[leave.person_id], leave.starts_at, leave.ends_at) not in has:
            session.add(Absence(
                person_id=known[leave.person_id], starts_at=leave.starts_at, ends_at=leave.ends_at, created_by_id=by,
                created_at=leave.created_at or UNKNOWN,
            ))  # fmt: skip
