"""The owner hands an incident on, and what came of it. Rows are never changed; who owns the incident is derived in
`models/in_force.py`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webcare_pwa.db import Base, Utc

BY_CLOCK = "shift_end:"  # how the client token of a transfer begins that no person made


class Transfer(Base):
    """The owner hands the incident on. Until it is answered the giver still owns it."""

    __tablename__ = "transfers"
    __table_args__ = (UniqueConstraint("incident_id", "client_token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(Utc)
    client_token: Mapped[str] = mapped_column(String(64))

    answer: Mapped[TransferAnswer | None] = relationship(lazy="selectin")

    @property
    def by_clock(self) -> bool:
        """Offered because the giver's shift ended; he may be asleep, so it never comes back to him."""
        return self.client_token.startswith(BY_CLOCK)


class TransferAnswer(Base):
    """The receiver's answer to a transfer, or `returned` by the clock when none came in time."""

    __tablename__ = "transfer_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfers.id"), unique=True)
    answer: Mapped[str] = mapped_column(String(10))  # accepted | declined | returned
    at: Mapped[datetime] = mapped_column(Utc)
