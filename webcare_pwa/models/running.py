"""Rounds in which people are being called now."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from webcare_pwa.models.attached import covered
from webcare_pwa.models.incident import Acknowledgement, Closure, Incident, Round
from webcare_pwa.models.restores import after_restore


def running_rounds(session: Session) -> list[tuple[Round, int]]:
    """The newest round of each incident that is neither acknowledged nor closed since, nor worked on under another one, with
    the organisation's id. Not those that a restore holds."""
    later_round = aliased(Round)
    later = select(later_round.id).where(
        later_round.incident_id == Round.incident_id, later_round.number > Round.number
    )
    taken = select(Acknowledgement.id).where(Acknowledgement.round_id == Round.id)
    closed = select(Closure.id).where(Closure.incident_id == Round.incident_id, Closure.at >= Round.started_at)
    query = (
        select(Round, Incident.organisation_id)
        .join(Incident, Incident.id == Round.incident_id)
        .where(~later.exists(), ~taken.exists(), ~closed.exists(), ~covered(), after_restore(Round.started_at, session))
        .order_by(Round.id)
    )
    return [(row, organisation_id) for row, organisation_id in session.execute(query)]
