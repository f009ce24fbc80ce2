"""What was arranged for an incident, as typed facts that a person recorded. Never changed: a later fact says it anew."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webcare_pwa.db import Base, Utc


class Progress(Base):
    """A typed fact a person recorded: the kinds are `facts.progress` of the reply data, plus `note` and `call_failed`."""

    __tablename__ = "progress"
    __table_args__ = (UniqueConstraint("incident_id", "client_token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Utc)
    kind: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(default="")
    party: Mapped[str] = mapped_column(String(120), default="")  # contractor or colleague, as the tenant may read it
    promised_at: Mapped[datetime | None] = mapped_column(Utc)
    client_token: Mapped[str] = mapped_column(String(64))
