"""The escalation policy of a desk: its steps by urgency, and when it reaches the backup."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.models.rota import PolicyStep


def backup_after(session: Session, desk_id: int) -> dict[str, timedelta]:
    """By urgency: how long after the start of a round the backup is called."""
    steps = session.scalars(
        select(PolicyStep).where(PolicyStep.desk_id == desk_id, PolicyStep.who == "backup").order_by(
            PolicyStep.position.desc())
    )
    return {step.urgency: timedelta(seconds=step.after_seconds) for step in steps}


def policies_of(session: Session, desk_id: int) -> dict[str, list[PolicyStep]]:
    """The steps of the desk's escalation by urgency, in order."""
    found: dict[str, list[PolicyStep]] = {}
    query = select(PolicyStep).where(PolicyStep.desk_id == desk_id).order_by(PolicyStep.position)
    for step in session.scalars(query):
        found.setdefault(step.urgency, []).append(step)
    return found
