"""Rehearsals: the page before a shift that proves the phone, and the tap that confirmed it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webcare_pwa.db import Base, Utc


class Rehearsal(Base):
    """A rehearsal page went out for somebody's shift. `number`: 1 first, 2 repeated, 3 the evening question about sound."""

    __tablename__ = "rehearsals"
    __table_args__ = (UniqueConstraint("line_id", "person_id", "shift_starts_at", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("lines.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    shift_starts_at: Mapped[datetime] = mapped_column(Utc)
    number: Mapped[int]
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), index=True)
    at: Mapped[datetime] = mapped_column(Utc)


class Confirmation(Base):
    """The person confirmed a rehearsal with a tap on that device."""

    __tablename__ = "confirmations"

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), unique=True)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    at: Mapped[datetime] = mapped_column(Utc)
