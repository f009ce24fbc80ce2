"""Which fault category to act on: the one reported, unless words or the danger gate tell of another. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from webcare_pwa.rules.circumstances import OTHER
from webcare_pwa.rules.danger import Danger
from webcare_pwa.rules.facts import ReportFacts
from webcare_pwa.rules.meaning.verdict import Told
from webcare_pwa.rules.rulebook import Rulebook
from webcare_pwa.rules.urgency import NOODGEVAL

NOT_A_FAULT = "geen_storing"
VAGUE = frozenset({OTHER, NOT_A_FAULT})  # categories that say nothing of the danger


def reported_category(facts: ReportFacts, rulebook: Rulebook) -> str:
    """The category that was chosen; "overig" when it is none of ours."""
    return facts.category if facts.category in rulebook.categories else OTHER


def acting_category(
    facts: ReportFacts, found: Iterable[Danger], proven: str, rulebook: Rulebook, read: tuple[str, bool] = ("", False)
) -> str:
    """The category to act on: the one reported, unless a danger of another group was found that it does not cover.

    `read`: see `danger_read`. Words about a person never replace a real fault. A danger told at the gate counts when nothing
    else was chosen.
    """
    category, personal = read
    reported = reported_category(facts, rulebook)
    if reported in VAGUE:
        told = [*(each.kind.category for each in found), *([category] if category else [])]
        at_gate = _gate_category(facts.danger_kind, rulebook) if facts.danger else ""
        return next(iter(told), at_gate) or reported
    told = [each.kind.category for each in found if not each.kind.personal]
    told += [category] if category and not personal and category not in VAGUE else []
    covered = proven == NOODGEVAL or any(_same_group(reported, other, rulebook) for other in told)
    return reported if covered else next(iter(told), reported)


def danger_read(told: Told | None) -> tuple[str, bool]:
    """The fault of a danger that the reading of the words found ("" when none), and whether it is about a person."""
    return (told.fault, told.personal) if told is not None and told.danger else ("", False)


def _same_group(reported: str, other: str, rulebook: Rulebook) -> bool:
    return rulebook.categories[reported].group == rulebook.categories[other].group


def _gate_category(danger_kind: str, rulebook: Rulebook) -> str:
    if danger_kind in rulebook.categories:
        return danger_kind
    return next((kind.category for kind in rulebook.danger.kinds if kind.id == danger_kind), "")


def is_unknown_danger(category: str, urgency: str) -> bool:
    """Nobody told what the emergency is: "other or unclear" would make somebody who just woke expect something harmless."""
    return category == OTHER and urgency == NOODGEVAL
