"""A case as the quick replies see it, and which of their preconditions it meets. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from webcare_pwa.rules.placeholders import Basics, Fact

_NO_PRECONDITION, _STATE = -2, -1  # how new: older than any row; a state or setting has no moment


@dataclass(frozen=True)
class Case:
    """A case as plain values; see `placeholders` for the parts. `facts` are the state and setting facts that hold,
    `said` the Dutch texts that were sent before, `referrals` (company, telephone) per precondition."""

    urgency: str
    group: str
    stage: str
    basics: Basics
    progress: Sequence[Fact] = ()
    facts: frozenset[str] = frozenset()
    referrals: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    said: frozenset[str] = frozenset()


def satisfied(case: Case, precondition: str | None) -> int | None:
    """None when it is not; else how new the row is that satisfies it."""
    if precondition is None:
        return _NO_PRECONDITION
    if precondition in case.facts:
        return _STATE
    rows = [place for place, row in enumerate(case.progress) if precondition in _kinds(row)]
    return rows[-1] if rows else None


def _kinds(row: Fact) -> tuple[str, ...]:
    """A contractor who accepted and named a time has recorded both."""
    named = row.promised_at is not None and row.kind in ("contractor_called", "contractor_accepted")
    return (row.kind, "contractor_eta_recorded") if named else (row.kind,)
