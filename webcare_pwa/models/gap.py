"""Gaps in the rota that somebody was, or must be, told about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webcare_pwa.db import Base, Utc


class GapNotice(Base):
    """A stretch of duty time without a reachable first line, found at `found_at`; `told_at` is when the coordinator was
    told, `mended_at` when the gap was no longer there."""

    __tablename__ = "gap_notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(String(12))  # as `steps/rota.py` Gap
    starts_at: Mapped[datetime] = mapped_column(Utc)
    ends_at: Mapped[datetime] = mapped_column(Utc)
    found_at: Mapped[datetime] = mapped_column(Utc)
    told_at: Mapped[datetime | None] = mapped_column(Utc)
    mended_at: Mapped[datetime | None] = mapped_column(Utc)


def standing(session: Session, desk_ids: Collection[int]) -> list[GapNotice]:
    """The gaps of these desks that are known and not mended, first one first."""
    query = select(GapNotice).where(GapNotice.desk_id.in_(desk_ids), GapNotice.mended_at.is_(None))
    return list(session.scalars(query.order_by(GapNotice.starts_at, GapNotice.id)))
