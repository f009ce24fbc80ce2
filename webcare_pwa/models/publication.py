"""What is published of a rota: the versions, who saw them, and the whole of it worked out to UTC stretches.

The stretches hold while their stamp is the stamp of now: triggers of the database give `rota_stamps` a new value with every
change of what a rota is made of (rotations, overrides, swaps, leave, roles, ...), whoever makes it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webcare_pwa.db import Base, Utc
from webcare_pwa.models.rota import Line


class RotaStamp(Base):
    """One row. Its value is drawn anew by triggers (migration 0007)."""

    __tablename__ = "rota_stamps"

    id: Mapped[int] = mapped_column(primary_key=True)
    stamp: Mapped[str] = mapped_column(String(32))


class Publication(Base):
    """A version of a rota, as it was published for [starts_at, ends_at); `document` as in docs/rota-format.md."""

    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("desk_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"))
    number: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(Utc)
    ends_at: Mapped[datetime] = mapped_column(Utc)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime] = mapped_column(Utc)


class PublicationReading(Base):
    """Somebody saw a version, for the first time at `at`."""

    __tablename__ = "publication_readings"
    __table_args__ = (UniqueConstraint("publication_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Utc)


class PublishedRota(Base):
    """For which stretch a desk's rota is worked out, and by which stamp."""

    __tablename__ = "published_rotas"

    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"), primary_key=True)
    stamp: Mapped[str] = mapped_column(String(32))
    starts_at: Mapped[datetime] = mapped_column(Utc)
    ends_at: Mapped[datetime] = mapped_column(Utc)


class PublishedShift(Base):
    """A shift, or the hole of somebody who is planned; where nobody is planned there is none. What lies before the moment of a
    change is not written again. Meaning of the columns: `rules/rota.py` Shift. `rotation_id` may be one that is gone."""

    __tablename__ = "published_shifts"
    __table_args__ = (UniqueConstraint("line_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("lines.id"))
    starts_at: Mapped[datetime] = mapped_column(Utc)
    ends_at: Mapped[datetime] = mapped_column(Utc)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    planned_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    source: Mapped[str] = mapped_column(String(8))
    rotation_id: Mapped[int | None]
    turn: Mapped[int | None]


def stamp(session: Session) -> str:
    """The stamp of now."""
    return session.scalars(select(RotaStamp.stamp)).one()


def stored(session: Session, desk_id: int, at: datetime) -> dict[str, int | None] | None:
    """Who has each line of a desk, from the stretches; None when they do not hold or do not reach that moment."""
    then = and_(PublishedShift.line_id == Line.id, PublishedShift.starts_at <= at, PublishedShift.ends_at > at)
    query = (
        select(Line.code, PublishedShift.person_id)
        .join(PublishedRota, PublishedRota.desk_id == Line.desk_id)
        .join(RotaStamp, RotaStamp.stamp == PublishedRota.stamp)
        .outerjoin(PublishedShift, then)
        .where(Line.desk_id == desk_id, PublishedRota.starts_at <= at, PublishedRota.ends_at > at)
    )
    found: dict[str, int | None] = {row.code: row.person_id for row in session.execute(query)}
    return found or None
