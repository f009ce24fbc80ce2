"""Swaps move along when a rotation is replaced by a new one: they belong to the shift, not to the clock."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa.models import audit
from webcare_pwa.models.rota import Rotation
from webcare_pwa.models.rota_changes import Swap
from webcare_pwa.rules.rota_plan import FOREVER, RotaPlan
from webcare_pwa.rules.rotation import HOURS, RotationPlan

Owners = dict[int, int]  # who has a turn


def carried(plan: RotaPlan, line: str, new: RotationPlan) -> tuple[Owners, int]:
    """Who has which turn of a new rotation, from the swaps of those that it replaces on its line; and how many swaps are lost,
    as turns of another length are other shifts. `plan`: as it was before.

    The same turn: turn 0 of the new one is the turn of the old one whose hand-off lies nearest to it, and so on.
    """
    found: Owners = {}
    lost = 0
    until = FOREVER  # from here on a rotation that is listed before decides
    for old in plan.lines[line].rotations:
        first = _nearest(old, new.first_handoff)
        for (number, turn), owner in plan.swapped.items():
            if number != old.number or turn < first or old.turn_starts(turn) >= until:
                continue
            if (old.unit, old.every) == (new.unit, new.every):
                found[turn - first] = owner
            else:
                lost += 1
        until = min(until, old.starts_at)
    return found, lost


def keep(session: Session, rotation: Rotation, owners: Owners, lost: int, *, by: int, now: datetime) -> None:
    """Write them as swaps of the new rotation, and in the log."""
    for turn, owner in sorted(owners.items()):
        session.add(Swap(rotation_id=rotation.id, turn=turn, person_id=owner, created_by_id=by, created_at=now))
    if owners or lost:
        audit.record(
            session, "rota.swaps_carried", "rotation", rotation.id, now=now, by=by, carried=len(owners), lost=lost
        )


def _nearest(rotation: RotationPlan, at: datetime) -> int:
    """The turn whose hand-off lies nearest to a moment."""
    turn = rotation.turn_at(at)
    if rotation.unit == HOURS:
        return turn if rotation.turn_starts(turn) == at else turn + 1
    return min((turn, turn + 1), key=lambda each: abs(rotation.turn_starts(each) - at))
