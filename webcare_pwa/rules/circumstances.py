"""What a decision asks of the circumstances instead of the tenant: the cold outside, the season, whether it is unclear."""

from __future__ import annotations

import math

from webcare_pwa.rules.facts import ReportFacts
from webcare_pwa.rules.rulebook import Rulebook

HEATING_MONTHS = frozenset({10, 11, 12, 1, 2, 3, 4})
OTHER = "overig"


def circumstances(
    facts: ReportFacts, *, office_open: bool, month: int, rulebook: Rulebook, temperature: float | None
) -> dict[str, str]:
    """Codes as in `consistency.CONTEXT`. `temperature`: outside, degrees Celsius, None when unknown; `month` 1 to 12."""
    unclear = not office_open and facts.category == OTHER and bool(facts.text.strip())
    return {
        "outside": _outside(month, float(rulebook.settings["heating_urgent_outdoor_celsius"]), temperature),
        "season": "heating" if month in HEATING_MONTHS else "summer",
        "unclear": "yes" if unclear else "no",
    }


def _outside(month: int, limit: float, temperature: float | None) -> str:
    if temperature is None or math.isnan(temperature):
        return "cold_unknown" if month in HEATING_MONTHS else "mild"
    return "cold" if temperature <= limit else "mild"
