"""Who said "kan niet" in a round."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.models.incident import Refusal


def refused_by(session: Session, round_id: int, person_id: int) -> Refusal | None:
    """The person's refusal in that round, if any."""
    return session.scalars(
        select(Refusal).where(Refusal.round_id == round_id, Refusal.person_id == person_id).limit(1)
    ).one_or_none()
