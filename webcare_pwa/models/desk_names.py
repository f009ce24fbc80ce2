"""What desks and their lines are called; nothing else of them is read."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.rota import Desk, Line


def desk_names(session: Session, organisations: frozenset[int]) -> dict[int, str]:
    """Names by id of the desks that serve at least one of the organisations; nothing else of them is read."""
    served = select(Organisation.desk_id).where(Organisation.id.in_(organisations))
    query = select(Desk.id, Desk.name).where(Desk.id.in_(served)).order_by(Desk.id)
    return {row.id: row.name for row in session.execute(query)}


def line_names(session: Session, desk_id: int) -> dict[str, str]:
    """By code what a desk calls its lines; a line without a name of its own is left out (it has the word for its code)."""
    query = select(Line.code, Line.name).where(Line.desk_id == desk_id, Line.name != "")
    return {row.code: row.name for row in session.execute(query)}
