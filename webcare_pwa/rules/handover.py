"""What the morning needs to know of a night: which night, what was promised and kept, what is still to be done. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from webcare_pwa.rules.hours import Hours, next_closing
from webcare_pwa.rules.stage import WAITING

GRACE = timedelta(minutes=10)  # after a promised time, as in the reminder rule
_LONGEST_CLOSED = timedelta(days=14)
_A_DAY = timedelta(days=1)
_NO_NEWS = frozenset({"note", "call_failed", "tenant_called_no_answer"})  # do not show that a promise was kept

# what is still to be done, codes of WORDS["todo"]
TAKE, ASK, PARTS, FOLLOW_UP, APPOINTMENT, CHECK, CALL_TENANT, NOTHING = (
    "take", "ask", "parts", "follow_up", "appointment", "check", "call_tenant", "nothing",
)  # fmt: skip
_AFTER_CLOSING = {"made_safe": FOLLOW_UP, "next_day": APPOINTMENT, "referred": CHECK, "own_cost": CHECK}


@dataclass(frozen=True)
class Said:
    """One progress row: what was recorded when, and the time it promised."""

    kind: str
    at: datetime
    promised_at: datetime | None = None
    party: str = ""


@dataclass(frozen=True)
class Promise:
    """Somebody would come, or there would be news, at `due`. `kept_at`: the first news after it was made."""

    party: str
    due: datetime
    kept_at: datetime | None
    late: bool


def last_closing(hours: Hours, at: datetime) -> datetime:
    """When the office closed last, at or before `at`: the start of the newest night. Never open: a day ago."""
    found, moment = at - _A_DAY, at - _LONGEST_CLOSED
    while (closing := next_closing(hours, moment)) and closing <= at:
        found = moment = closing
    return found


def promises(said: Sequence[Said], closed_at: datetime | None, now: datetime) -> tuple[Promise, ...]:
    """Every promised time and whether it was kept: by any news (also a new time) until ten minutes after it."""
    found = []
    for number, each in enumerate(said):
        if each.promised_at is None:
            continue
        news = [later.at for later in said[number + 1 :] if later.kind not in _NO_NEWS]
        kept_at = min([*news, *([closed_at] if closed_at else [])], default=None)
        late = (kept_at or now) > each.promised_at + GRACE
        found.append(Promise(each.party, each.promised_at, kept_at, late))
    return tuple(found)


def to_do(*, stage: str, outcome: str | None, owned: bool, kinds: Sequence[str], in_writing: bool) -> tuple[str, ...]:
    """What customer service does now, most important first. `outcome` None: not closed."""
    if outcome is not None:
        first = _AFTER_CLOSING.get(outcome, NOTHING)
    elif not owned:
        first = TAKE
    elif "part_recorded" in kinds and "repair_reported_done" not in kinds:
        first = PARTS
    else:
        first = ASK if stage == WAITING else CHECK
    return (first,) if in_writing or first == NOTHING else (first, CALL_TENANT)
