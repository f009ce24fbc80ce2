"""Who said "kan niet" to an incident."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.models.incident import Refusal


def refusals_of(session: Session, incident_id: int) -> list[Refusal]:
    """All refusals of an incident, oldest first."""
    return list(session.scalars(select(Refusal).where(Refusal.incident_id == incident_id).order_by(Refusal.id)))
