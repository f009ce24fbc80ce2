"""A rotation of a document as a row, with its members and windows."""

from __future__ import annotations

from collections.abc import Mapping

from webcare_pwa.models.rota import Rotation, RotationMember
from webcare_pwa.models.rota_changes import RotationWindow
from webcare_pwa.rules.rotation import RotationPlan


def rotation_row(plan: RotationPlan, line_id: int, position: int, code: str, known: Mapping[int, int]) -> Rotation:
    """The row, not yet in a session. `known`: ids of people by their numbers in the plan."""
    row = Rotation(
        line_id=line_id, starts_on=plan.starts_on, handoff_time=plan.handoff, every=plan.every, unit=plan.unit,
        begins_on=plan.begins and plan.begins.date(), begins_time=plan.begins and plan.begins.time(),
        ends_on=plan.ends and plan.ends.date(), ends_time=plan.ends and plan.ends.time(), position=position, code=code,
    )  # fmt: skip
    row.members = [RotationMember(person_id=known[person], position=place) for place, person in enumerate(plan.members)]
    row.windows = [
        RotationWindow(
            days="".join(str(day) for day in sorted(each.days)), opens=each.opens, closes=each.closes,
            closes_on=each.closes_on, holidays=each.holidays,
        )
        for each in plan.windows
    ]  # fmt: skip
    return row
