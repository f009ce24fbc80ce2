"""Desks and their rota: lines, weekly rotations, moved shifts, and the escalation policy as rows."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webcare_pwa.db import Base, Utc


class Desk(Base):
    """A group of duty people with one rota, serving one or more organisations."""

    __tablename__ = "desks"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Utc)

    lines: Mapped[list[Line]] = relationship(order_by="Line.position", lazy="selectin")


class Line(Base):
    """A line of a desk: first_line, backup or day_line."""

    __tablename__ = "lines"
    __table_args__ = (UniqueConstraint("desk_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"))
    code: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(default=0)

    # newest first: the first listed active one wins, so a new rotation takes over at its first hand-off
    rotations: Mapped[list[Rotation]] = relationship(order_by="Rotation.id.desc()", lazy="selectin")
    overrides: Mapped[list[Override]] = relationship(order_by="Override.id", lazy="selectin")


class Rotation(Base):
    """Members take turns of `weeks` weeks, from `starts_on`; the hand-off is that date's weekday at `handoff_time`."""

    __tablename__ = "rotations"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("lines.id"), index=True)
    starts_on: Mapped[date]  # local date of the first hand-off
    ends_on: Mapped[date | None]
    handoff_time: Mapped[time]  # local wall time
    weeks: Mapped[int] = mapped_column(default=1)

    members: Mapped[list[RotationMember]] = relationship(
        order_by="RotationMember.position", lazy="selectin", cascade="all, delete-orphan"
    )


class RotationMember(Base):
    """A place in a rotation."""

    __tablename__ = "rotation_members"
    __table_args__ = (UniqueConstraint("rotation_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rotation_id: Mapped[int] = mapped_column(ForeignKey("rotations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    position: Mapped[int]


class Override(Base):
    """A stretch of a line given to somebody by hand; the newest one wins. A withdrawn one counts no more."""

    __tablename__ = "overrides"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("lines.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    starts_at: Mapped[datetime] = mapped_column(Utc)
    ends_at: Mapped[datetime] = mapped_column(Utc)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(Utc)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Utc)


class PolicyStep(Base):
    """One step of a desk's escalation for one urgency; meaning as in `rules/escalation.py`."""

    __tablename__ = "policy_steps"
    __table_args__ = (UniqueConstraint("desk_id", "urgency", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"))
    urgency: Mapped[str] = mapped_column(String(10))
    position: Mapped[int]
    after_seconds: Mapped[int]
    who: Mapped[str] = mapped_column(String(20))
    via: Mapped[str] = mapped_column(String(40), default="")
    unless: Mapped[str] = mapped_column(String(40), default="")
    repeat_every_seconds: Mapped[int | None]
