"""What the tenant of one case must do now, when there is danger and it is not over. It is the same before and after triage."""

from __future__ import annotations

from webcare_pwa import clock as clocks
from webcare_pwa.models.tenant_case import TenantCase
from webcare_pwa.rules.triage import judge
from webcare_pwa.web.context import house
from webcare_pwa.web.instruction import Instruction, for_danger_to_self, instruction


def instruction_for_case(case: TenantCase) -> Instruction | None:
    """What he must do now, when there is danger and it is not over."""
    number, rulebook = case.organisation.emergency_number, house().rulebook
    if case.is_closed:
        return None
    if case.told_danger_to_self:
        return for_danger_to_self(number, rulebook)
    if case.situation is not None:
        urgency, category = case.situation.urgency, case.situation.category
    else:
        judged = judge(case.facts, office_open=case.office_open, month=clocks.local(case.now).month, rulebook=rulebook)
        urgency, category = judged.urgency, judged.category
        if judged.danger_to_self:
            return for_danger_to_self(number, rulebook)
    if urgency != "noodgeval":
        return None
    return instruction(case.facts.category or category, danger=True, number=number, rulebook=rulebook)
