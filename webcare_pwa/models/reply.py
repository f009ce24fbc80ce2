"""Replies to tenants, and the queue of outgoing mail (replies, invitations, the morning mail)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from webcare_pwa.db import Base, Utc


class Reply(Base):
    """Something we told the tenant. Always on his case page; by mail too when he gave an address (then there is a Mail).

    `kind`: automatic | quick | free | call. `template` is the id in the reply data, "" for a free text.
    """

    __tablename__ = "replies"
    __table_args__ = (UniqueConstraint("incident_id", "client_token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(10))
    template: Mapped[str] = mapped_column(String(40), default="")
    text_nl: Mapped[str]
    text_en: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(Utc)
    client_token: Mapped[str] = mapped_column(String(64))

    mail: Mapped[Mail | None] = relationship(lazy="raise", back_populates="reply")


class Mail(Base):
    """One outgoing mail. Same life as a delivery: claim, send, settle. `key` makes queueing twice harmless.

    `outcome`: null | accepted | refused | failed | unknown. "unknown": the worker died between send and settle, so whether
    the server took it cannot be known; a reply is then not sent again by itself (twice is worse than asking).
    """

    __tablename__ = "mails"
    __table_args__ = (Index("ix_mails_waiting", "outcome", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"), index=True)
    to_address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str]
    message_id: Mapped[str] = mapped_column(String(120))
    automatic: Mapped[bool] = mapped_column(default=True)  # RFC 3834 Auto-Submitted
    created_at: Mapped[datetime] = mapped_column(Utc)
    due_at: Mapped[datetime] = mapped_column(Utc)
    claimed_by: Mapped[str | None] = mapped_column(String(80))
    claimed_until: Mapped[datetime | None] = mapped_column(Utc)  # real clock
    attempts: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str | None] = mapped_column(String(12))
    outcome_at: Mapped[datetime | None] = mapped_column(Utc)
    detail: Mapped[str] = mapped_column(String(200), default="")

    reply: Mapped[Reply | None] = relationship(lazy="raise", back_populates="mail")


def first_message_id(session: Session, mail: Mail) -> str:
    """Message id of the first mail about the same report, so that a tenant's mail program shows one thread.

    Not for automatic mails: there it would say that they answer a message."""
    if mail.reply_id is None or mail.automatic:
        return ""
    report = select(Reply.report_id).where(Reply.id == mail.reply_id).scalar_subquery()
    first = (
        select(Mail.message_id).join(Reply, Mail.reply_id == Reply.id)
        .where(Reply.report_id == report, Mail.id < mail.id, Mail.outcome == "accepted").order_by(Mail.id).limit(1)
    )
    return session.scalar(first) or ""
