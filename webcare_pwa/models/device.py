"""Devices: browsers that can be pushed to. A phone belongs to one person: registering its endpoint moves it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webcare_pwa.db import Base, Utc


class Device(Base):
    """A push subscription. `waking` is the owner's word that it can wake him (a desktop at the office cannot).

    Whether it is *dead* is derived: its newest settled delivery since `registered_at` is "gone".
    """

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    endpoint: Mapped[str] = mapped_column(String(2048), unique=True)
    p256dh: Mapped[str] = mapped_column(String(100))
    auth: Mapped[str] = mapped_column(String(40))
    vapid_key_id: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(60))
    platform: Mapped[str] = mapped_column(String(20), default="")  # android | ios | desktop, a guess for the help text
    waking: Mapped[bool] = mapped_column(default=True)
    registered_at: Mapped[datetime] = mapped_column(Utc)
    seen_at: Mapped[datetime] = mapped_column(Utc)
    removed_at: Mapped[datetime | None] = mapped_column(Utc)


def by_endpoint(session: Session, endpoint: str) -> Device | None:
    """The device with that push address, also when it was removed."""
    return session.scalars(select(Device).where(Device.endpoint == endpoint)).one_or_none()
