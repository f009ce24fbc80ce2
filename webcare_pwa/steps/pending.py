"""Is there work? One cheap look before a write transaction is opened for it."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from webcare_pwa.db import Utc
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.reply import Mail
from webcare_pwa.models.report import Message
from webcare_pwa.rules.escalation import LATE_AFTER


class Work(NamedTuple):
    """What waits: messages without a verdict; pages, messages by contacts and mails that are due and in nobody's hands."""

    messages: bool
    pages: bool
    contacts: bool
    mails: bool


def work(session: Session, now: datetime, real_now: datetime) -> Work:
    """Look once for all."""
    found = session.execute(_query(), {"now": now, "ahead": now + LATE_AFTER, "real_now": real_now}).one()
    return Work(*(bool(each) for each in found))


def is_due(now: datetime) -> ColumnElement[bool]:
    """SQL, of deliveries: their moment has come. A page written ahead of now waits for nothing: the clock was set back."""
    return or_(Delivery.due_at <= now, and_(Delivery.created_at > now + LATE_AFTER, Delivery.attempts == 0))


@cache  # built once: the worker asks it twice a second and more
def _query() -> Select[*tuple[Any, ...]]:
    now, ahead, real_now = (bindparam(each, type_=Utc) for each in ("now", "ahead", "real_now"))
    waiting = select(Delivery.id).where(
        Delivery.outcome.is_(None), or_(Delivery.claimed_until.is_(None), Delivery.claimed_until < real_now),
        or_(Delivery.due_at <= now, and_(Delivery.created_at > ahead, Delivery.attempts == 0)))
    mails = select(Mail.id).where(
        Mail.outcome.is_(None), Mail.due_at <= now, or_(Mail.claimed_until.is_(None), Mail.claimed_until < real_now))
    return select(
        select(Message.id).where(Message.judged_at.is_(None)).exists(),
        waiting.where(Delivery.device_id.is_not(None)).exists(),
        waiting.where(Delivery.contact_method_id.is_not(None)).exists(),
        mails.exists(),
    )
