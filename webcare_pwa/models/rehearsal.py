"""Rehearsals: the page before a shift that proves the phone, and the tap that confirmed it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ForeignKey, Select, UniqueConstraint, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webcare_pwa.db import Base, Utc
from webcare_pwa.models.alert import Alert
from webcare_pwa.models.incident import Acknowledgement


class Rehearsal(Base):
    """A rehearsal page went out for somebody's shift. `number`: 1 first, 2 repeated, 3 the evening question about sound (then
    `shift_starts_at` is when it was due)."""

    __tablename__ = "rehearsals"
    __table_args__ = (UniqueConstraint("line_id", "person_id", "shift_starts_at", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("lines.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    shift_starts_at: Mapped[datetime] = mapped_column(Utc)
    number: Mapped[int]
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), index=True)
    at: Mapped[datetime] = mapped_column(Utc)


class Confirmation(Base):
    """The person confirmed a rehearsal with a tap on that device."""

    __tablename__ = "confirmations"

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), unique=True)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    at: Mapped[datetime] = mapped_column(Utc)


@dataclass(frozen=True)
class Answered:
    """A rehearsal, and since when its person is proven: he confirmed, or took an incident, after it went out."""

    row: Rehearsal
    proven_at: datetime | None


def of_people(session: Session, person_ids: Collection[int], after: datetime, before: datetime) -> list[Answered]:
    """Their rehearsals for shifts that begin in (after, before], oldest first."""
    asked = {"people": list(person_ids), "after": after, "before": before}
    return _answered(session, list(session.scalars(_of_people(), asked)))


@cache  # asked whenever somebody wants to know who stands first: to build it costs more than to run it
def _of_people() -> Select[Rehearsal]:
    return (
        select(Rehearsal)
        .where(Rehearsal.person_id.in_(bindparam("people", expanding=True)),
               Rehearsal.shift_starts_at > bindparam("after", type_=Utc),
               Rehearsal.shift_starts_at <= bindparam("before", type_=Utc))
        .order_by(Rehearsal.shift_starts_at, Rehearsal.number, Rehearsal.id)
    )


def of_alerts(session: Session, alert_ids: Collection[int]) -> list[Answered]:
    """The rehearsals behind these alerts."""
    return _answered(session, list(session.scalars(select(Rehearsal).where(Rehearsal.alert_id.in_(alert_ids)))))


def _answered(session: Session, rows: list[Rehearsal]) -> list[Answered]:
    if not rows:
        return []
    people, since = {row.person_id for row in rows}, min(row.at for row in rows)
    taps = session.execute(
        select(Alert.person_id, Confirmation.at).join(Confirmation, Confirmation.alert_id == Alert.id)
        .where(Alert.person_id.in_(people), Confirmation.at >= since)
    ).all()
    taken = session.execute(
        select(Acknowledgement.person_id, func.max(Acknowledgement.at))
        .where(Acknowledgement.person_id.in_(people), Acknowledgement.at >= since)
        .group_by(Acknowledgement.person_id)
    ).all()
    proofs = [(person, at) for person, at in (*taps, *taken)]
    return [
        Answered(row, min((at for person, at in proofs if person == row.person_id and at >= row.at), default=None))
        for row in rows
    ]
