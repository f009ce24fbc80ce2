"""What guards the service itself: alarms of the watcher, self-tests, and restores from a backup."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webcare_pwa.db import Base, Utc


class WatcherAlarm(Base):
    """One web process claimed the alarm about something that stands still, by being the first to insert its `key`."""

    __tablename__ = "watcher_alarms"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    at: Mapped[datetime] = mapped_column(Utc)  # real clock
    sent_at: Mapped[datetime | None] = mapped_column(Utc)  # real clock; None: still to be sent, or the sender died


class Restore(Base):
    """The database was put back from a backup at `at`; what was unsent before is listed, never sent by itself."""

    __tablename__ = "restores"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Utc)
    seen_at: Mapped[datetime | None] = mapped_column(Utc)  # a person went through the list


class ProviderFault(Base):
    """A service by which people are reached refuses this installation: its key, its account, a setting. `kind` of contact;
    `ended_at`: a message of that kind was taken again."""

    __tablename__ = "provider_faults"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(String(200))
    since: Mapped[datetime] = mapped_column(Utc)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)


class SelfTest(Base):
    """A report of our own that ran through everything to a test receiver. Business clock. `hops`: code of the hop -> seconds,
    worked out from the rows of the report, which go after a day; `failed`: the hop that took too long, "" when none did."""

    __tablename__ = "self_tests"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)  # external id of the report
    started_at: Mapped[datetime] = mapped_column(Utc)
    finished_at: Mapped[datetime | None] = mapped_column(Utc)
    hops: Mapped[dict[str, float]] = mapped_column(JSON, default=dict)
    failed: Mapped[str] = mapped_column(String(12), default="")


def open_faults(session: Session) -> list[ProviderFault]:
    """Of services that refuse us still, the oldest first."""
    return list(session.scalars(select(ProviderFault).where(ProviderFault.ended_at.is_(None)).order_by(ProviderFault.id)))
