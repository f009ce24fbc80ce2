"""The JSON form of a rota, written (docs/rota-format.md). Reading it again gives the same plan. Defaults are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from webcare_pwa.rules.holidays import LUSTRUM, HolidayRule
from webcare_pwa.rules.rota_file_parts import WEEKDAYS
from webcare_pwa.rules.rota_file_values import FileLine, FilePerson, RotaFile
from webcare_pwa.rules.rota_plan import LeavePlan, RotaPlan, SwapPlan, TurnKey
from webcare_pwa.rules.rota_windows import ANY, EVERY_DAY, Window
from webcare_pwa.rules.rotation import RotationPlan

Names = Mapping[int, str]


def document_of(rota: RotaFile) -> dict[str, Any]:
    """A document that was read, written again."""
    people = dict(enumerate(each.id for each in rota.people))
    return to_document(rota.name, rota.people, rota.lines, rota.plan, people, dict(enumerate(rota.rotations)))


def to_document(
    name: str, people: Sequence[FilePerson], lines: Sequence[FileLine], plan: RotaPlan, person: Names, rotation: Names
) -> dict[str, Any]:
    """A plan as a document; `person` and `rotation` say what its numbers are called there."""
    overrides = sorted(
        ((each, line) for line, lane in plan.lines.items() for each in lane.overrides), key=lambda each: each[0].number
    )
    people_and_lines = {
        "people": [_filled(id=each.id, name=each.name if each.name != each.id else "", enabled=each.enabled and None,
                           skills=list(each.skills)) for each in people],
        "lines": [
            _filled(id=each.id, name=each.name if each.name != each.id else "", skill=each.skill,
                    rotations=[_rotation(rota, person, rotation) for rota in plan.lines[each.id].rotations])
            for each in lines
        ],
    }  # fmt: skip
    return _filled(name=name) | people_and_lines | _filled(
        holidays=_holidays(plan.holidays),
        overrides=[
            _filled(line=line, person=person[each.person_id], starts=_utc(each.starts_at), ends=_utc(each.ends_at),
                    created=_utc(each.created_at))
            for each, line in overrides
        ],
        swaps=[_swap(each, person, rotation) for each in plan.swaps],
        leave=[_leave(each, person) for each in plan.leave],
    )  # fmt: skip


def _rotation(plan: RotationPlan, person: Names, rotation: Names) -> dict[str, Any]:
    return {"id": rotation[plan.number], "members": [person[each] for each in plan.members]} | _filled(
        every=plan.every,
        unit=plan.unit,
        first_handoff=_wall(datetime.combine(plan.starts_on, plan.handoff)),
        starts=_wall(plan.begins),
        ends=_wall(plan.ends),
        windows=[_window(each) for each in plan.windows],
    )


def _window(window: Window) -> dict[str, Any]:
    found = _filled(days=[WEEKDAYS[day] for day in sorted(window.days)] if window.days != EVERY_DAY else [])
    found |= {"from": f"{window.opens:%H:%M}", "to": f"{window.closes:%H:%M}"}
    return found | _filled(
        to_day=None if window.closes_on is None else WEEKDAYS[window.closes_on],
        holidays=None if window.holidays == ANY else window.holidays,
    )


def _holidays(rule: HolidayRule) -> dict[str, Any]:
    return _filled(
        good_friday=rule.good_friday or None,
        liberation_day=None if rule.liberation_day == LUSTRUM else rule.liberation_day,
        december_24=rule.december_24 or None,
        december_31=rule.december_31 or None,
        extra=[{"date": day.isoformat(), "name": name} for day, name in rule.extra],
    )


def _swap(swap: SwapPlan, person: Names, rotation: Names) -> dict[str, Any]:
    def turn(key: TurnKey) -> dict[str, Any]:
        return {"rotation": rotation[key[0]], "turn": key[1]}

    if swap.other is not None:
        return turn(swap.turn) | {"with": turn(swap.other)}
    return turn(swap.turn) | {"person": person[swap.person_id or 0]}


def _leave(leave: LeavePlan, person: Names) -> dict[str, Any]:
    return _filled(
        person=person[leave.person_id], starts=_utc(leave.starts_at), ends=_utc(leave.ends_at), created=_utc(leave.created_at)
    )


def _filled(**fields: Any) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value is not None and value not in ("", [], {})}


def _utc(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else None


def _wall(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%dT%H:%M}" if moment else None
