"""Changing the escalation of a desk. What is not safe is not kept (`rules/policy.py`); every change is written down with what
it was and what it became. A running round keeps the steps it began with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webcare_pwa.errors import Invalid, NotFound, NotPossibleNow
from webcare_pwa.labels import WORDS
from webcare_pwa.models import audit
from webcare_pwa.models.audit import AuditEntry
from webcare_pwa.models.policy import as_row, policy_of
from webcare_pwa.models.rota import PolicyStep
from webcare_pwa.rules import policy as rules
from webcare_pwa.rules.default_policy import DEFAULT_POLICY
from webcare_pwa.rules.escalation import Step
from webcare_pwa.rules.policy import Fault

CHANGED = "policy.changed"


def change(
    session: Session, desk_id: int, urgency: str, steps: tuple[Step, ...], *, seen: str, token: str, by: int, now: datetime
) -> None:
    """Keep these steps. `seen`: the version that the form was made for; the same form sent twice is one change.

    Raises `Invalid` with a sentence per step ("step-2") and for the whole (""), `NotPossibleNow` when a colleague was first.
    """
    current = _current(session, desk_id, urgency)
    if _is_done(session, desk_id, token):
        return
    if seen != rules.version(current):
        raise NotPossibleNow("Een collega heeft dit net veranderd. Kijk eerst wat er nu staat.")
    wrong = rules.faults(urgency, steps)
    if wrong:
        raise Invalid("De opschaling is niet bewaard. Kijk de stappen na.", sentences(wrong))
    _replace(session, desk_id, urgency, current, rules.written(urgency, steps), token, by, now)


def put_back(session: Session, desk_id: int, urgency: str, *, token: str, by: int, now: datetime) -> None:
    """The steps that a new desk begins with."""
    current = _current(session, desk_id, urgency)
    if not _is_done(session, desk_id, token):
        _replace(session, desk_id, urgency, current, DEFAULT_POLICY[urgency], token, by, now)


def last_change(session: Session, desk_id: int, urgency: str) -> AuditEntry | None:
    """The newest change, with who made it and when."""
    return next((each for each in _changes(session, desk_id) if each.detail["urgency"] == urgency), None)


def sentences(faults: list[Fault]) -> dict[str, str]:
    """What is wrong, per field of the form: "step-2" for the third step, "" for the whole. The first of each counts."""
    words = WORDS["policy_fault"]
    told: dict[str, str] = {}
    for each in faults:
        field = "" if each.position is None else f"step-{each.position}"
        told.setdefault(field, words[each.code].format(minutes=each.minutes))
    return told


def _current(session: Session, desk_id: int, urgency: str) -> tuple[Step, ...]:
    if urgency not in rules.URGENCIES:
        raise NotFound()
    return policy_of(session, desk_id, urgency)


def _replace(
    session: Session, desk_id: int, urgency: str, old: tuple[Step, ...], new: tuple[Step, ...], token: str, by: int,
    now: datetime,
) -> None:  # fmt: skip
    if rules.version(old) == rules.version(new):
        return
    session.execute(delete(PolicyStep).where(PolicyStep.desk_id == desk_id, PolicyStep.urgency == urgency))
    session.add_all(as_row(desk_id, urgency, position, step) for position, step in enumerate(new))
    audit.record(
        session, CHANGED, "desk", desk_id, now=now, by=by, urgency=urgency, token=token, old=_told(old), new=_told(new)
    )
    session.flush()


def _is_done(session: Session, desk_id: int, token: str) -> bool:
    return any(each.detail["token"] == token for each in _changes(session, desk_id))


def _changes(session: Session, desk_id: int) -> list[AuditEntry]:
    """The newest first."""
    query = select(AuditEntry).where(
        AuditEntry.subject == "desk", AuditEntry.subject_id == desk_id, AuditEntry.act == CHANGED
    )
    return list(session.scalars(query.order_by(AuditEntry.id.desc())))


def _told(steps: tuple[Step, ...]) -> list[list[object]]:
    """Seconds, whom, and how often again."""
    return [[step.after_seconds, step.who, step.repeat_every_seconds] for step in rules.acting(steps)]
