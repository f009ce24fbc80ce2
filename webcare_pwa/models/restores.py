"""What a restore from a backup holds back: rounds that began before it page nobody until a person begins a new one."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webcare_pwa.db import Utc
from webcare_pwa.models.guard import Restore
from webcare_pwa.models.in_force import is_open
from webcare_pwa.models.incident import Incident, Round

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # before everything


def restored_at(session: Session) -> datetime | None:
    """The moment of the newest restore; None when there never was one."""
    return session.scalar(select(func.max(Restore.at)))


@cache
def after_restore(column: InstrumentedAttribute[datetime]) -> ColumnElement[bool]:
    """SQL: the moment in this column is not from before the newest restore, if there ever was one."""
    newest = select(func.max(Restore.at)).scalar_subquery()
    return column > func.coalesce(newest, literal(_NEVER, Utc))


def unseen(session: Session) -> datetime | None:
    """The moment of the newest restore whose list nobody went through yet."""
    return session.scalar(select(func.max(Restore.at)).where(Restore.seen_at.is_(None)))


def held_incidents(session: Session, organisations: frozenset[int]) -> list[int]:
    """Open incidents of before the newest restore of which no round began since, oldest first."""
    since = restored_at(session)
    if since is None:
        return []
    begun = select(Round.id).where(Round.incident_id == Incident.id, Round.started_at > since)
    query = select(Incident.id).where(
        Incident.organisation_id.in_(organisations), Incident.opened_at <= since, is_open(), ~begun.exists()
    )
    return list(session.scalars(query.order_by(Incident.id)))
