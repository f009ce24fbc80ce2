"""Calendar feeds: secret links with which a calendar app reads shifts. And how far the rota has come, for their revision."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webcare_pwa.db import Base, Utc
from webcare_pwa.models.audit import AuditEntry
from webcare_pwa.rules.ical import Revision


class CalendarFeed(Base):
    """A link given out to a person: to his own shifts (`desk_id` None) or to a desk. Only the SHA-256 of its secret is kept.

    A link lives until `revoked_at`; making it anew revokes the one before.
    """

    __tablename__ = "calendar_feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    desk_id: Mapped[int | None] = mapped_column(ForeignKey("desks.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Utc)
    revoked_at: Mapped[datetime | None] = mapped_column(Utc)


def live_feeds(session: Session, person_id: int) -> list[CalendarFeed]:
    """The links of a person that still work."""
    query = select(CalendarFeed).where(CalendarFeed.person_id == person_id, CalendarFeed.revoked_at.is_(None))
    return list(session.scalars(query.order_by(CalendarFeed.id)))


def feed_by_hash(session: Session, token_hash: str) -> CalendarFeed | None:
    """A link that still works, by what is kept of its secret."""
    query = select(CalendarFeed).where(CalendarFeed.token_hash == token_hash, CalendarFeed.revoked_at.is_(None))
    return session.scalars(query).one_or_none()


def rota_revision(session: Session, otherwise: datetime) -> Revision:
    """The newest change of any rota, from the audit log (acts `rota.*`), which only grows. `otherwise`: when there was none."""
    query = select(AuditEntry.id, AuditEntry.at).where(AuditEntry.act.like("rota.%")).order_by(AuditEntry.id.desc()).limit(1)
    row = session.execute(query).one_or_none()
    return Revision(row.id, row.at) if row else Revision(0, otherwise)
