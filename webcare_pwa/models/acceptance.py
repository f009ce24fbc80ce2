"""Customer service taking an incident over from the duty."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webcare_pwa.db import Base, Utc


class Acceptance(Base):
    """Customer service took this incident over in the morning (or during the day). A later round must be accepted anew."""

    __tablename__ = "acceptances"
    __table_args__ = (UniqueConstraint("incident_id", "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"))  # None: nobody was ever paged for it
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Utc)
    note: Mapped[str] = mapped_column(default="")
