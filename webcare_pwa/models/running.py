"""Rounds in which people are being called now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from webcare_pwa.models.attached import covered
from webcare_pwa.models.incident import Acknowledgement, Closure, Incident, Round
from webcare_pwa.models.restores import after_restore


@dataclass(frozen=True)
class Running:
    """What the worker asks of every running round each second: no more, as there may be a thousand."""

    round_id: int
    incident_id: int
    organisation_id: int
    started_at: datetime
    urgency: str  # the policy it runs


def running(session: Session) -> list[Running]:
    """The newest round of each incident that is neither acknowledged nor closed since, nor worked on under another one. Not
    those that a restore holds."""
    query = (
        select(Round.id, Round.incident_id, Incident.organisation_id, Round.started_at, Round.urgency)
        .join(Incident, Incident.id == Round.incident_id).where(*_is_running(session)).order_by(Round.id)
    )
    return [Running(row.id, row.incident_id, row.organisation_id, row.started_at, row.urgency)
            for row in session.execute(query)]


def running_rounds(session: Session) -> list[tuple[Round, int]]:
    """The same as whole rows, each with the organisation's id."""
    query = (
        select(Round, Incident.organisation_id)
        .join(Incident, Incident.id == Round.incident_id).where(*_is_running(session)).order_by(Round.id)
    )
    return [(row, organisation_id) for row, organisation_id in session.execute(query)]


def _is_running(session: Session) -> tuple[ColumnElement[bool], ...]:
    later_round = aliased(Round)
    later = select(later_round.id).where(
        later_round.incident_id == Round.incident_id, later_round.number > Round.number
    )
    taken = select(Acknowledgement.id).where(Acknowledgement.round_id == Round.id)
    closed = select(Closure.id).where(Closure.incident_id == Round.incident_id, Closure.at >= Round.started_at)
    return ~later.exists(), ~taken.exists(), ~closed.exists(), ~covered(), after_restore(Round.started_at, session)
