"""Rounds in which people are being called now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, aliased

from webcare_pwa.models.attached import closed, covered
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
    return [Running(row.id, row.incident_id, row.organisation_id, row.started_at, row.urgency)
            for row in session.execute(_short())]


def running_rounds(session: Session) -> list[tuple[Round, int]]:
    """The same as whole rows, each with the organisation's id."""
    return [(row, organisation_id) for row, organisation_id in session.execute(_whole())]


@cache  # as the worker asks both in each tick: to build one costs more than to run it
def _short() -> Select[int, int, int, datetime, str]:
    columns = (Round.id, Round.incident_id, Incident.organisation_id, Round.started_at, Round.urgency)
    return select(*columns).join(Incident, Incident.id == Round.incident_id).where(*_is_running()).order_by(Round.id)


@cache
def _whole() -> Select[Round, int]:
    query = select(Round, Incident.organisation_id).join(Incident, Incident.id == Round.incident_id)
    return query.where(*_is_running()).order_by(Round.id)


def _is_running() -> tuple[ColumnElement[bool], ...]:
    later_round = aliased(Round)
    later = select(later_round.id).where(
        later_round.incident_id == Round.incident_id, later_round.number > Round.number
    )
    taken = select(Acknowledgement.id).where(Acknowledgement.round_id == Round.id)
    ended = select(Closure.id).where(  # of a round by a reopening that may be a closing of before: the clock was set back
        Closure.incident_id == Round.incident_id, Closure.at >= Round.started_at, Round.reason != "reopened")
    return (~later.exists(), ~taken.exists(), ~closed(Round.incident_id), ~ended.exists(), ~covered(),
            after_restore(Round.started_at))
