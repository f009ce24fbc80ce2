"""Who did what, append only; plus two rows of housekeeping: heartbeats and the demo clock's offset."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from webcare_pwa.db import Base, Utc


class AuditEntry(Base):
    """One act. `detail` holds ids and codes only, never texts or personal data."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Utc)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    act: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Heartbeat(Base):
    """Last sign of life of a process, on the real clock."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime] = mapped_column(Utc)


class ClockOffset(Base):
    """Demo mode only: how far the business clock stands from the real one. One row; it only grows."""

    __tablename__ = "clock_offsets"

    id: Mapped[int] = mapped_column(primary_key=True)
    seconds: Mapped[int]


def record(
    session: Session,
    act: str,
    subject: str,
    subject_id: int | None,
    *,
    now: datetime,
    by: int | None = None,
    organisation_id: int | None = None,
    **detail: object,
) -> None:
    """Append one audit entry in the caller's transaction."""
    session.add(
        AuditEntry(
            at=now, person_id=by, organisation_id=organisation_id, act=act,
            subject=subject, subject_id=subject_id, detail=detail,
        )
    )
