"""What is not kept for ever: the raw form of what tenants sent, and rows of housekeeping. The audit log and the cases stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, Delete, Update, delete, update
from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.models.guard import WatcherAlarm
from webcare_pwa.models.person import AccessLink
from webcare_pwa.models.report import Message

SILENT = timedelta(days=7)  # a process that beat last so long ago is gone
ENDED = timedelta(days=30)  # a link that ended, an alarm that was sent


def tidy(session: Session, *, now: datetime, raw_days: int) -> int:
    """Empty and delete what is old enough; returns how many rows that were. Harmless when repeated."""
    gone = 0
    if raw_days:
        gone += _rows(session, update(Message).where(
            Message.received_at < now - timedelta(days=raw_days), Message.judged_at.is_not(None), Message.raw != ""
        ).values(raw=""))
    gone += _rows(session, delete(Heartbeat).where(Heartbeat.at < now - SILENT, Heartbeat.name != "worker"))
    gone += _rows(session, delete(WatcherAlarm).where(WatcherAlarm.sent_at < now - ENDED))
    gone += _rows(session, delete(AccessLink).where(AccessLink.expires_at < now - ENDED))
    if gone:
        logs.hop("retention.tidied", rows=gone)
    return gone


def _rows(session: Session, statement: Update | Delete) -> int:
    found = session.execute(statement, execution_options={"synchronize_session": False})
    return found.rowcount if isinstance(found, CursorResult) else 0
