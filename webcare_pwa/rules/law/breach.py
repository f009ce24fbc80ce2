"""What the law check says: one breach per stretch in which a rule is broken, with its worst window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

ERROR, WARNING, ADVICE = "error", "warning", "advice"
SEVERITIES = (ADVICE, WARNING, ERROR)
MINUTES, COUNT = "minutes", "count"


@dataclass(frozen=True)
class Breach:
    """A rule broken by one person.

    Breaching windows of one rule that overlap are one breach: `first_at` and `last_at` are the beginning of the first and the
    end of the last of them; `starts_at` and `ends_at` are the worst one, of equals the earliest. `measured` and `allowed` are
    minutes or counts (`unit`); whether `allowed` is a least or a most follows from the rule (`rules/law/rulings.py`).
    """

    rule: str
    severity: str
    article: str
    person: str
    starts_at: datetime
    ends_at: datetime
    first_at: datetime
    last_at: datetime
    measured: int
    allowed: int
    unit: str
    message: str
    remedy: str
