"""Changing the weekly rotation of a line: a new one takes over at its first hand-off. The past is never rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from webcare_pwa.errors import Invalid
from webcare_pwa.models import audit
from webcare_pwa.models import plan as plans
from webcare_pwa.models.plan_parts import rotation_plan
from webcare_pwa.models.rota import Line, Rotation, RotationMember
from webcare_pwa.models.rota_changes import Swap
from webcare_pwa.rules.rota import on_call_at
from webcare_pwa.rules.wall_time import instant, wall
from webcare_pwa.steps.planning import FARTHEST
from webcare_pwa.steps.rotation_swaps import carried, keep

MOST_WEEKS = 12
MOST_MEMBERS = 60


def edit_rotation(
    session: Session,
    line_id: int,
    *,
    members: Sequence[int],
    starts_on: date,
    handoff: time,
    weeks: int = 1,
    by: int,
    now: datetime,
) -> Rotation | None:
    """A new rotation takes over at its first hand-off; until then the old one goes on. The same again changes nothing.

    Without members the line is left empty from `starts_on` on, and None comes back. Raises `Invalid` with the fields
    members, starts_on, handoff and weeks.
    """
    line = plans.line_of(session, line_id)
    wrong = mistakes(session, line, members, starts_on, handoff, weeks, now)
    if wrong:
        raise Invalid("Het wisselrooster is niet bewaard. Kijk de velden na.", wrong)
    newest = line.rotations[0] if line.rotations else None
    if newest and _content(newest) == (list(members), starts_on, handoff, weeks, None):
        return newest
    before = plans.rota_plan(session, line.desk_id)
    _clear_from(session, line, starts_on, handoff, now, empty=not members)
    rotation = _add(session, line, members, starts_on, handoff, weeks) if members else None
    session.flush()
    session.expire(line, ["rotations"])
    if rotation:
        keep(session, rotation, *carried(before, line.code, rotation_plan(rotation)), by=by, now=now)
    audit.record(
        session, "rota.edited", "line", line_id, now=now, by=by,
        members=list(members), starts_on=starts_on.isoformat(), handoff=f"{handoff:%H:%M}", weeks=weeks,
    )  # fmt: skip
    return rotation


def mistakes(
    session: Session, line: Line, members: Sequence[int], starts_on: date, handoff: time, weeks: int, now: datetime
) -> dict[str, str]:
    """What is wrong with a rotation, by field."""
    found = {}
    if not set(members) <= plans.people_allowed(session, line.desk_id):
        found["members"] = "Er staat iemand bij die geen dienst mag doen voor elke corporatie van deze dienstgroep."
    if len(members) > MOST_MEMBERS:
        found["members"] = f"Er passen ten hoogste {MOST_MEMBERS} mensen in een wisselrooster."
    if handoff.second or handoff.microsecond or handoff.tzinfo:
        found["handoff"] = "Vul een tijd in hele minuten in."
    if not 1 <= weeks <= MOST_WEEKS:
        found["weeks"] = f"Kies 1 tot {MOST_WEEKS} weken."
    if abs(starts_on - wall(now).date()) > FARTHEST:
        found["starts_on"] = "Kies een datum binnen twee jaar."
    elif not members and starts_on <= wall(now).date():
        found["starts_on"] = "Leegmaken kan vanaf morgen. Kies een latere datum."
    elif members and _rewrites(session, line, instant(starts_on, handoff), now):
        found["starts_on"] = "De eerste wissel moet later zijn dan nu. Wie nu dienst heeft, verplaatst u met de hand."
    return found


def _rewrites(session: Session, line: Line, start: datetime, now: datetime) -> bool:
    """Would it change who had the line before now? On a line that nobody has, there is nothing to change."""
    return start <= now and on_call_at(plans.rota_plan(session, line.desk_id, (now, now)), line.code, now) is not None


def _content(row: Rotation) -> tuple[list[int], date, time, int, date | None]:
    return [each.person_id for each in row.members], row.starts_on, row.handoff_time, row.every, row.ends_on


def _clear_from(session: Session, line: Line, starts_on: date, handoff: time, now: datetime, *, empty: bool) -> None:
    """Drop rotations that would begin later and never did; when the line is left empty, end those that run."""
    for row in line.rotations:
        begins = rotation_plan(row).starts_at
        if begins > now and begins >= instant(starts_on, handoff):
            session.execute(delete(Swap).where(or_(Swap.rotation_id == row.id, Swap.other_rotation_id == row.id)))
            session.delete(row)
        elif empty and (row.ends_on is None or row.ends_on > starts_on):
            row.ends_on = starts_on


def _add(session: Session, line: Line, members: Sequence[int], starts_on: date, handoff: time, weeks: int) -> Rotation:
    rotation = Rotation(line_id=line.id, starts_on=starts_on, handoff_time=handoff, every=weeks)
    rotation.members = [RotationMember(person_id=person, position=place) for place, person in enumerate(members)]
    session.add(rotation)
    return rotation
