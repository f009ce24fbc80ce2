"""What bends a rota: windows of rotations, swaps of turns, leave; what people can do; which days are holidays to a desk."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webcare_pwa.db import Base, Utc


class RotationWindow(Base):
    """Hours in which a rotation is active; meaning as in `rules/rota_windows.py`."""

    __tablename__ = "rotation_windows"

    id: Mapped[int] = mapped_column(primary_key=True)
    rotation_id: Mapped[int] = mapped_column(ForeignKey("rotations.id"), index=True)
    days: Mapped[str] = mapped_column(String(7))  # digits, 0 = Monday
    opens: Mapped[time]
    closes: Mapped[time]
    closes_on: Mapped[int | None]
    holidays: Mapped[str] = mapped_column(String(6))  # any | except | only


class Swap(Base):
    """A turn given to a person, or exchanged with another turn; worked through in the order made (`rules/rota_plan.py`). It
    holds on to the turn, not to the clock. A withdrawn one counts no more."""

    __tablename__ = "swaps"

    id: Mapped[int] = mapped_column(primary_key=True)
    rotation_id: Mapped[int] = mapped_column(ForeignKey("rotations.id"), index=True)
    turn: Mapped[int]
    other_rotation_id: Mapped[int | None] = mapped_column(ForeignKey("rotations.id"))
    other_turn: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(Utc)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Utc)


class Absence(Base):
    """Leave of a person on every desk: he does no duty then. A withdrawn one counts no more."""

    __tablename__ = "absences"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(Utc)
    ends_at: Mapped[datetime] = mapped_column(Utc)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(Utc)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Utc)


class Skill(Base):
    """Something a person can do that a line may ask for."""

    __tablename__ = "skills"
    __table_args__ = (UniqueConstraint("person_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    code: Mapped[str] = mapped_column(String(40))


class ExtraHoliday(Base):
    """A day that is a holiday to the rota of one desk."""

    __tablename__ = "extra_holidays"
    __table_args__ = (UniqueConstraint("desk_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"))
    day: Mapped[date]
    name: Mapped[str] = mapped_column(String(60))
