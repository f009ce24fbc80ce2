"""Who stands first now. A first line that was asked to confirm his shift and did not changes places with the backup, until he
confirms or takes an incident: the tenant's page goes to a phone that was proven. No rehearsal went out: nothing to confirm.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.models import plan as plans
from webcare_pwa.models import rehearsal as rehearsals
from webcare_pwa.models.live_contacts import reachable
from webcare_pwa.models.on_call import on_call
from webcare_pwa.models.rehearsal import Answered
from webcare_pwa.rules import hours as office
from webcare_pwa.rules import rehearsal as rules
from webcare_pwa.rules.escalation import BACKUP, FIRST_LINE
from webcare_pwa.rules.rota import on_call_at

LOOK_BACK = timedelta(days=15)  # the longest turn of a desk that is always on duty: two weeks


@dataclass(frozen=True)
class Standing:
    """First line and backup as they are called now. `swapped`: the rota says it the other way round."""

    first: int | None
    backup: int | None
    swapped: bool = False


def standing(session: Session, desk_id: int, at: datetime) -> Standing:
    """Who is called first and second. They change places only when the backup is reachable and not unconfirmed himself."""
    on = on_call(session, desk_id, at)
    first, backup = on.get(FIRST_LINE), on.get(BACKUP)
    if first is None or backup is None or first == backup:
        return Standing(first, backup)
    open_ = unconfirmed(session, desk_id, [first, backup], at)
    if first in open_ and backup not in open_ and reachable(session, [backup]):
        return Standing(backup, first, swapped=True)
    return Standing(first, backup)


def unconfirmed(session: Session, desk_id: int, person_ids: Collection[int], at: datetime) -> frozenset[int]:
    """Who of them was asked to confirm the shift he has now, and did neither that nor take an incident since."""
    asked = rehearsals.of_people(session, person_ids, at - LOOK_BACK, at)
    waiting = [each for each in asked if each.proven_at is None and each.row.number == rules.FIRST]
    return frozenset(each.row.person_id for each in _speaking(session, desk_id, waiting, at))


def rehearsed(session: Session, desk_id: int, person_ids: Collection[int], at: datetime) -> dict[int, Answered]:
    """Per person the rehearsal of the shift he has now, else of the one that is about to begin; for screens. People for whom
    none went out are left out."""
    asked = rehearsals.of_people(session, person_ids, at - LOOK_BACK, at + rules.AHEAD)
    firsts = [each for each in asked if each.row.number == rules.FIRST]
    coming = _still_coming(session, desk_id, [each for each in firsts if each.row.shift_starts_at > at])
    running = _speaking(session, desk_id, [each for each in firsts if each.row.shift_starts_at <= at], at)
    return {each.row.person_id: each for each in (*reversed(coming), *running)}


def _speaking(session: Session, desk_id: int, asked: list[Answered], at: datetime) -> list[Answered]:
    """Those whose shift is still running. Nothing is read of the rota when there are none."""
    if not asked:
        return []
    start, end = min(each.row.shift_starts_at for each in asked), at + timedelta(seconds=1)
    plan = plans.rota_plan(session, desk_id, (start, end))
    offices = plans.hours_of_desk(session, desk_id)
    found = []
    for each in asked:
        begun = each.row.shift_starts_at
        turns = rules.turns(plan, office.duty_between(offices, begun, end), begun, end)
        if rules.covers(turns, each.row.person_id, begun, at):
            found.append(each)
    return found


def _still_coming(session: Session, desk_id: int, asked: list[Answered]) -> list[Answered]:
    """Those whose shift will be theirs as the rota stands now."""
    if not asked:
        return []
    moments = [each.row.shift_starts_at for each in asked]
    plan = plans.rota_plan(session, desk_id, (min(moments), max(moments)))
    return [
        each for each in asked
        if any(on_call_at(plan, line, each.row.shift_starts_at) == each.row.person_id for line in rules.LINES)
    ]
