"""Before an answer goes out it is held against the house rules (spelregels). What blocks can still be sent, with a reason.

An unchanged quick reply has passed the editor and is not checked.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa.errors import Invalid
from webcare_pwa.house import House
from webcare_pwa.labels import WORDS
from webcare_pwa.models import audit
from webcare_pwa.models.situation import Situation
from webcare_pwa.rules.house_rules import BLOCK, Finding, check
from webcare_pwa.steps import composing

REASONS = frozenset(WORDS["house_rule_reason"])
FACT_OF = {  # what a progress row proves, in the words of the rules
    "contractor_accepted": "contractor_accepted",
    "contractor_eta_recorded": "time_agreed",
    "staff_dispatched": "staff_dispatched",
    "made_safe_recorded": "made_safe",
    "repair_reported_done": "done",
    "small_repair_confirmed": "done",
}


def findings(
    session: Session, situation: Situation, *, template: str, text_nl: str, text_en: str, by: int, now: datetime, house: House
) -> tuple[Finding, ...]:
    """What an answer breaks; nothing for an unchanged quick reply."""
    if template and composing.filled(session, situation, template, now=now, house=house, by=by) == (text_nl, text_en):
        return ()
    facts = {FACT_OF[row.kind] for row in situation.progress if row.kind in FACT_OF}
    return check(text_nl, house.rulebook.house_rules, facts=facts)


def require(
    session: Session, situation: Situation, found: tuple[Finding, ...], *, reason: str, by: int, now: datetime
) -> None:
    """Raises `Invalid` with the words and what would be better when something blocks and `reason` is no code of REASONS."""
    blocking = [each for each in found if each.level == BLOCK]
    if not blocking:
        return
    if reason not in REASONS:
        told = " ".join(f'"{each.words}": {each.message} {each.better}' for each in blocking)
        raise Invalid(
            "Het antwoord is nog niet verstuurd. Kijk bij de rode regel.",
            {"text_nl": told, "reason": "Wilt u het toch zo sturen? Kies dan waarom."},
        )
    audit.record(session, "house_rules_overridden", "incident", situation.incident.id, now=now, by=by,
                 organisation_id=situation.organisation.id, rules=[each.rule for each in blocking], reason=reason)
