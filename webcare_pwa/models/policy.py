"""The escalation policy of a desk: its steps by urgency, and when it reaches the backup."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.models.rota import PolicyStep
from webcare_pwa.rules.escalation import Step


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


def as_step(row: PolicyStep) -> Step:
    """The row as the value that the rules work on."""
    return Step(row.after_seconds, row.who, row.via, row.unless, row.repeat_every_seconds)


def as_row(desk_id: int, urgency: str, position: int, step: Step) -> PolicyStep:
    """The value as a row of a desk."""
    return PolicyStep(
        desk_id=desk_id, urgency=urgency, position=position, after_seconds=step.after_seconds, who=step.who,
        via=step.via, unless=step.unless, repeat_every_seconds=step.repeat_every_seconds,
    )  # fmt: skip


def policy_of(session: Session, desk_id: int, urgency: str) -> tuple[Step, ...]:
    """The desk's steps for one urgency, in order."""
    return tuple(as_step(row) for row in policies_of(session, desk_id).get(urgency, []))
