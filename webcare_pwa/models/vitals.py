"""How the service itself does, read from rows: what waits and for how long, what came of it, how fast. The self-test's own rows
are left out, so that no figure counts a report that nobody made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.orm import Session

from webcare_pwa.models.alert import Alert, Delivery, Escalation
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.models.guard import SelfTest
from webcare_pwa.models.incident import Incident, Round
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.reply import Mail
from webcare_pwa.models.report import Message

WORKER = "worker"
RECENT = timedelta(days=1)


@dataclass(frozen=True)
class Queue:
    """What waits to be done: how much, and the age of the oldest in seconds."""

    waiting: int
    oldest: float


def heartbeat_age(session: Session, real_now: datetime) -> float | None:
    """Seconds since the worker's last sign of life; None when there never was one."""
    beat = session.get(Heartbeat, WORKER)
    return (real_now - beat.at).total_seconds() if beat else None


def due_deliveries(session: Session, now: datetime) -> Queue:
    """Pages and messages whose time has come and that nobody finished."""
    query = (
        select(func.count(), func.min(Delivery.due_at)).join(Alert, Alert.id == Delivery.alert_id)
        .where(Delivery.outcome.is_(None), Delivery.due_at <= now, of_real_cases())
    )
    return _queue(session.execute(query).one(), now)


def waiting_messages(session: Session, now: datetime) -> Queue:
    """Messages of tenants that no verdict was given on yet."""
    query = select(func.count(), func.min(Message.received_at)).where(Message.judged_at.is_(None))
    return _queue(session.execute(query).one(), now)


def waiting_mails(session: Session, now: datetime) -> Queue:
    """Mails whose time has come and that were not handed over."""
    query = select(func.count(), func.min(Mail.due_at)).where(Mail.outcome.is_(None), Mail.due_at <= now)
    return _queue(session.execute(query).one(), now)


def outcomes(session: Session, now: datetime) -> dict[tuple[str, str], int]:
    """Deliveries of the last day by way ("push" or "contact") and outcome; "waiting" when there is none yet."""
    way = Delivery.contact_method_id.is_not(None)
    query = (
        select(way, Delivery.outcome, func.count()).join(Alert, Alert.id == Delivery.alert_id)
        .where(Delivery.created_at > now - RECENT, of_real_cases()).group_by(way, Delivery.outcome)
    )
    return {("contact" if each else "push", outcome or "waiting"): count for each, outcome, count in session.execute(query)}


def seconds_to_shown(session: Session, now: datetime) -> list[float]:
    """For each page of the last day that a phone showed: how long that took, shortest first."""
    query = (
        select(Delivery.created_at, Delivery.shown_at).join(Alert, Alert.id == Delivery.alert_id)
        .where(Delivery.created_at > now - RECENT, Delivery.shown_at.is_not(None), of_real_cases())
    )
    return sorted((shown - made).total_seconds() for made, shown in session.execute(query) if shown)


def lateness(session: Session, now: datetime) -> list[float]:
    """For each step of an escalation of the last day: seconds after its moment, least first."""
    query = (
        select(Escalation.due_at, Escalation.at).join(Round, Round.id == Escalation.round_id)
        .where(Escalation.at > now - RECENT, Round.incident_id.not_in(synthetic_incidents()))
    )
    return sorted(max(0.0, (at - due).total_seconds()) for due, at in session.execute(query))


def last_self_test(session: Session) -> SelfTest | None:
    """The newest one that is over."""
    query = select(SelfTest).where(SelfTest.finished_at.is_not(None)).order_by(SelfTest.id.desc()).limit(1)
    return session.scalars(query).one_or_none()


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value that the given share of an ordered list does not exceed; 0 when it is empty."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def synthetic_incidents() -> ColumnElement[int]:
    """SQL: ids of the incidents of the self-test."""
    query = select(Incident.id).join(Organisation, Organisation.id == Incident.organisation_id).where(Organisation.synthetic)
    return query.scalar_subquery()


def of_real_cases() -> ColumnElement[bool]:
    """SQL: the alert is not one of the self-test."""
    return or_(Alert.incident_id.is_(None), Alert.incident_id.not_in(synthetic_incidents()))


def _queue(found: Row[int, datetime], now: datetime) -> Queue:
    waiting, since = found
    return Queue(waiting, max(0.0, (now - since).total_seconds()) if waiting else 0.0)
