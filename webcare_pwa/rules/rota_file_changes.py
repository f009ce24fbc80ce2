"""Overrides, swaps and leave of a rota document, read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from webcare_pwa.rules import field_values as values
from webcare_pwa.rules.fields import Field
from webcare_pwa.rules.rota_file_parts import person
from webcare_pwa.rules.rota_plan import ALWAYS, LeavePlan, OverridePlan, SwapPlan, TurnKey

FARTHEST_TURN = 1_000_000


def overrides_of(
    root: Field, people: Mapping[str, int], lines: Collection[str]
) -> tuple[dict[str, list[OverridePlan]], tuple[int, ...]]:
    """The overrides per line, and for each number its place in the document. The later created has the higher number; of those
    created at the same moment, and of those that do not say when, the later listed; the latter come before all others."""
    fields = root.items("overrides")
    read = []
    for place, each in enumerate(fields):
        each.only("line", "person", "starts", "ends", "created")
        line = each.text("line")
        if line and line not in lines:
            each.field("line").fault(f"{line!r} is not in lines")
        starts, ends = _stretch(each)
        read.append((_created(each) or ALWAYS, place, line, each.field("person").read(lambda value: person(value, people), 0),
                     starts, ends))  # fmt: skip
    found: dict[str, list[OverridePlan]] = {}
    for number, (created, _, line, who, starts, ends) in enumerate(sorted(read)):
        known = None if created == ALWAYS else created
        found.setdefault(line, []).append(OverridePlan(number, who, starts, ends, known))
    return found, tuple(place for _, place, *_ in sorted(read))


def swaps_of(root: Field, people: Mapping[str, int], rotations: Mapping[str, int]) -> tuple[SwapPlan, ...]:
    """The swaps in the order of the document."""
    found = []
    for each in root.items("swaps"):
        each.only("rotation", "turn", "person", "with")
        turn = _turn(each, rotations)
        if each.has("person") == each.has("with"):
            each.fault("needs either person or with")
        elif each.has("person"):
            found.append(SwapPlan(turn, person_id=each.field("person").read(lambda value: person(value, people), 0)))
        else:
            found.append(SwapPlan(turn, other=_turn(each.field("with").only("rotation", "turn"), rotations)))
    return tuple(found)


def leave_of(root: Field, people: Mapping[str, int]) -> tuple[LeavePlan, ...]:
    """When who is away."""
    found = []
    for each in root.items("leave"):
        each.only("person", "starts", "ends", "created")
        who = each.field("person").read(lambda value: person(value, people), 0)
        starts, ends = _stretch(each)
        found.append(LeavePlan(who, starts, ends, _created(each)))
    return tuple(found)


def _turn(field: Field, rotations: Mapping[str, int]) -> TurnKey:
    name = field.text("rotation")
    if name and name not in rotations:
        field.field("rotation").fault(f"{name!r} is not a rotation")
    return rotations.get(name, 0), field.number("turn", least=-FARTHEST_TURN, most=FARTHEST_TURN)


def _stretch(field: Field) -> tuple[datetime, datetime]:
    before = len(field.faults)
    starts, ends = field.moment("starts"), field.moment("ends")
    if len(field.faults) == before and ends <= starts:
        field.field("ends").fault("must be later than starts")
    return starts, ends


def _created(field: Field) -> datetime | None:
    return field.field("created").read(values.moment, ALWAYS) if field.has("created") else None
