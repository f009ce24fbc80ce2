"""The order of the urgencies. Their codes are those of the fault category data."""

from __future__ import annotations

GEEN, WERKDAG, SPOED, NOODGEVAL = "geen", "werkdag", "spoed", "noodgeval"
RANK = {GEEN: 0, WERKDAG: 1, SPOED: 2, NOODGEVAL: 3}


def highest(*urgencies: str) -> str:
    """The most urgent of the codes; "geen" when there are none. Raises KeyError for a code that is no urgency."""
    return max((GEEN, *urgencies), key=RANK.__getitem__)


def lowest(*urgencies: str) -> str:
    """The least urgent of the codes. Raises KeyError for a code that is no urgency, ValueError for none."""
    return min(urgencies, key=RANK.__getitem__)
