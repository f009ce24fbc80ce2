"""Reports, the messages they consist of, photos, and verdicts.

A report is only the envelope: number, channel, key, secret link. Everything that was said, from the first tap to a later
addition, is a message with its raw form. What is known of a report is the fold of its messages (`rules/facts.py`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from webcare_pwa.db import Base, Utc


class Report(Base):
    """One report (melding); its id is the number the tenant hears. His secret link is signed, not stored (`links.py`)."""

    __tablename__ = "reports"
    __table_args__ = (UniqueConstraint("organisation_id", "channel", "external_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))  # web | phone | api
    external_id: Mapped[str] = mapped_column(String(200))
    received_at: Mapped[datetime] = mapped_column(Utc, index=True)
    link_version: Mapped[int] = mapped_column(default=1)  # part of the signature in the secret link; +1 revokes it
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # who wrote it down for the tenant
    over_rate: Mapped[bool] = mapped_column(default=False)

    messages: Mapped[list[Message]] = relationship(order_by="Message.id", back_populates="report", lazy="raise")
    verdicts: Mapped[list[Verdict]] = relationship(order_by="Verdict.number", lazy="raise")


class Message(Base):
    """One thing the tenant (or somebody for him) told us. `facts` holds the typed fields, see `rules/facts.py`.

    `judged_at` is set by triage when the message has had its verdict: the queue of work is "judged_at is null".
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("report_id", "external_id"),
        Index("ix_messages_waiting", "judged_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    external_id: Mapped[str] = mapped_column(String(200))
    received_at: Mapped[datetime] = mapped_column(Utc)
    kind: Mapped[str] = mapped_column(String(10))  # report | addition
    raw: Mapped[str] = deferred(mapped_column(Text))
    text: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    judged_at: Mapped[datetime | None] = mapped_column(Utc)

    report: Mapped[Report] = relationship(back_populates="messages", lazy="raise")
    photos: Mapped[list[Photo]] = relationship(lazy="raise")


class Photo(Base):
    """A picture, re-encoded to JPEG with all metadata gone. In the database, so that one backup holds everything."""

    __tablename__ = "photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    width: Mapped[int]
    height: Mapped[int]
    jpeg: Mapped[bytes] = deferred(mapped_column(LargeBinary))


class Verdict(Base):
    """What triage or a person made of a report. The newest counts; only a person's may be lower than the one before."""

    __tablename__ = "verdicts"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    number: Mapped[int]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    at: Mapped[datetime] = mapped_column(Utc)
    urgency: Mapped[str] = mapped_column(String(10))
    category: Mapped[str] = mapped_column(String(40))  # one of the fault categories; "overig" when unknown
    danger_to_self: Mapped[bool] = mapped_column(default=False)  # suicide or violence: auto_gevaar_zelf
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)  # Dutch sentences for the duty officer
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
