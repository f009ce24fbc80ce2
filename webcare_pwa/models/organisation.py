"""Organisations (woningcorporaties) and what belongs to one: office hours and API tokens."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webcare_pwa.db import Base, Utc


class Organisation(Base):
    """A housing corporation. `emergency_number` is its 24-hour number; no organisation may be without one."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"), index=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    emergency_number: Mapped[str] = mapped_column(String(30))
    channels_note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(Utc)

    office_hours: Mapped[list[OfficeHours]] = relationship(order_by="OfficeHours.weekday", lazy="selectin")


class OfficeHours(Base):
    """One weekday's opening, local wall time, half-open. No row: closed that day. Public holidays are always closed."""

    __tablename__ = "office_hours"
    __table_args__ = (UniqueConstraint("organisation_id", "weekday"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    weekday: Mapped[int]  # 0 = Monday
    opens: Mapped[time]
    closes: Mapped[time]


class ApiToken(Base):
    """A bearer token for the HTTP API of one organisation. Only its SHA-256 is kept."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Utc)
    revoked_at: Mapped[datetime | None] = mapped_column(Utc)
