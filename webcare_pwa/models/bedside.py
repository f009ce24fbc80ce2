"""Bedside mode: a phone that lies awake beside the bed and says so every 30 seconds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webcare_pwa.db import Base, Utc
from webcare_pwa.rules.bedside import NIGHT, OFF, SILENT, state


class Bedside(Base):
    """One stretch of bedside mode. `seen_at` moves with every heartbeat (business clock); `ended_at` when switched off."""

    __tablename__ = "bedsides"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    client_token: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[datetime] = mapped_column(Utc)
    seen_at: Mapped[datetime] = mapped_column(Utc)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)


def current(session: Session, person_ids: Collection[int], now: datetime) -> dict[int, Bedside]:
    """Per person the bedside mode that is on, or should be and says nothing."""
    rows = session.scalars(
        select(Bedside)
        .where(Bedside.person_id.in_(person_ids), Bedside.ended_at.is_(None), Bedside.seen_at >= now - NIGHT)
        .order_by(Bedside.id)
    )
    return {row.person_id: row for row in rows if state(row.seen_at, row.ended_at, now) != OFF}


def silent_since(session: Session, person_ids: Collection[int], now: datetime) -> dict[int, datetime]:
    """Per person whose phone beside the bed misses its heartbeats, when it was last heard. He counts as unproven."""
    found = current(session, person_ids, now)
    return {person: row.seen_at for person, row in found.items() if state(row.seen_at, row.ended_at, now) == SILENT}
