"""Desks and their rota: lines, rotations with their windows, moved shifts, and the escalation policy as rows. Swaps and leave
stand in `rota_changes.py`."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webcare_pwa.db import Base, Utc
from webcare_pwa.rules.holidays import LUSTRUM
from webcare_pwa.rules.rotation import WEEKS

if TYPE_CHECKING:
    from webcare_pwa.models.rota_changes import RotationWindow


class Desk(Base):
    """A group of duty people with one rota, serving one or more organisations. It also says which days are holidays to its
    rota, see `rules/holidays.py`."""

    __tablename__ = "desks"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Utc)
    good_friday: Mapped[bool] = mapped_column(default=False, server_default=false())
    liberation_day: Mapped[str] = mapped_column(String(7), default=LUSTRUM, server_default=LUSTRUM)
    december_24: Mapped[bool] = mapped_column(default=False, server_default=false())
    december_31: Mapped[bool] = mapped_column(default=False, server_default=false())

    lines: Mapped[list[Line]] = relationship(order_by="Line.position", lazy="selectin")


class Line(Base):
    """A line of a desk: first_line, backup, day_line, or another with a name of its own."""

    __tablename__ = "lines"
    __table_args__ = (UniqueConstraint("desk_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"))
    code: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(60), default="", server_default="")  # empty: the word for its code
    skill: Mapped[str] = mapped_column(String(40), default="", server_default="")  # what one must be able to do; empty: nothing

    # the first listed active one wins; of equal position the newest, so that a new rotation takes over at its first hand-off
    rotations: Mapped[list[Rotation]] = relationship(order_by="(Rotation.position, Rotation.id.desc())", lazy="selectin")
    overrides: Mapped[list[Override]] = relationship(order_by="Override.id", lazy="selectin")


class Rotation(Base):
    """Members take turns of `every` units; the first hand-off is on `starts_on` at `handoff_time`. See `rules/rotation.py`.

    All dates and times are Dutch wall time. `begins_on` None: active from the first hand-off. A time that is None is the time
    of the hand-off. `code` names it in documents.
    """

    __tablename__ = "rotations"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("lines.id"), index=True)
    starts_on: Mapped[date]  # local date of the first hand-off
    ends_on: Mapped[date | None]
    handoff_time: Mapped[time]  # local wall time
    every: Mapped[int] = mapped_column("weeks", default=1)  # the column is older than the other units
    unit: Mapped[str] = mapped_column(String(5), default=WEEKS, server_default=WEEKS)
    begins_on: Mapped[date | None]
    begins_time: Mapped[time | None]
    ends_time: Mapped[time | None]
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    code: Mapped[str] = mapped_column(String(60), default="", server_default="")

    members: Mapped[list[RotationMember]] = relationship(
        order_by="RotationMember.position", lazy="selectin", cascade="all, delete-orphan"
    )
    windows: Mapped[list[RotationWindow]] = relationship(
        order_by="RotationWindow.id", lazy="selectin", cascade="all, delete-orphan")


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
