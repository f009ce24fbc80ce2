"""Is there work? Cheap looks before a write transaction is opened for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.reply import Mail
from webcare_pwa.models.report import Message
from webcare_pwa.rules.escalation import LATE_AFTER


def messages(session: Session, now: datetime, real_now: datetime) -> bool:
    """Messages that have had no verdict."""
    return session.scalar(select(Message.id).where(Message.judged_at.is_(None)).limit(1)) is not None


def deliveries(session: Session, now: datetime, real_now: datetime) -> bool:
    """Pages that are due and not in somebody's hands."""
    return _due(session, Delivery.device_id.is_not(None), now, real_now)


def contact_deliveries(session: Session, now: datetime, real_now: datetime) -> bool:
    """The same for messages by contact methods."""
    return _due(session, Delivery.contact_method_id.is_not(None), now, real_now)


def is_due(now: datetime) -> ColumnElement[bool]:
    """SQL, of deliveries: their moment has come. A page written ahead of now waits for nothing: the clock was set back."""
    return or_(Delivery.due_at <= now, and_(Delivery.created_at > now + LATE_AFTER, Delivery.attempts == 0))


def _due(session: Session, kind: ColumnElement[bool], now: datetime, real_now: datetime) -> bool:
    return session.scalar(
        select(Delivery.id)
        .where(Delivery.outcome.is_(None), is_due(now), kind,
               or_(Delivery.claimed_until.is_(None), Delivery.claimed_until < real_now))
        .limit(1)
    ) is not None


def mails(session: Session, now: datetime, real_now: datetime) -> bool:
    """Mails that are due, or whose lease ran out."""
    return session.scalar(
        select(Mail.id)
        .where(Mail.outcome.is_(None), Mail.due_at <= now,
               or_(Mail.claimed_until.is_(None), Mail.claimed_until < real_now))
        .limit(1)
    ) is not None
