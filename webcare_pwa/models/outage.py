"""Incidents that are one and the same outage: a later one attached to the first, and taken apart again. Rows only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webcare_pwa.db import Base, Utc


class Attachment(Base):
    """Incident `incident_id` belongs to the outage whose first incident is `into_id`. `person_id` None: automatically."""

    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("incident_id", "client_token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    into_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Utc)
    client_token: Mapped[str] = mapped_column(String(64))


class Detachment(Base):
    """An attachment taken back; the incident stands by itself again and is never attached automatically any more."""

    __tablename__ = "detachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Utc)
