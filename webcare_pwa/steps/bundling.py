"""Holding and bundling the pages of a storm at the moment they are claimed (`rules/storm.py`). What a page that speaks for
others came to, they came to as well: its receipts and its failure are theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.incident import Round
from webcare_pwa.models.running import running
from webcare_pwa.rules.storm import PACE, Last, decide
from webcare_pwa.steps.history import FAILED

Address = tuple[int | None, int | None]  # device id, contact method id: one of them


def bundle(session: Session, rows: Sequence[Delivery], now: datetime) -> list[Delivery]:
    """Those of the rows that go out now; the others are held till later, or settled as spoken for by one that goes."""
    urgencies = _urgencies(session, rows)
    calm: dict[Address, list[Delivery]] = defaultdict(list)
    for row in rows:
        if row.alert.kind == "step" and urgencies.get(row.alert.round_id or 0) == "spoed" and row.attempts == 0:
            calm[row.device_id, row.contact_method_id].append(row)
    last = _last_pages(session, calm, now)
    silent: set[int] = set()
    for address, waiting in calm.items():
        decision = decide([(row.id, row.alert.incident_id or 0) for row in waiting], last.get(address), now)
        for row in waiting:
            if row.id in decision.bundled:
                row.outcome, row.outcome_at, row.detail = "superseded", now, "in verzamelmelding"
                row.bundle_id = decision.bundled[row.id]
            elif row.id in decision.held and decision.held_until:
                row.due_at = decision.held_until
        silent |= {*decision.held, *decision.bundled}
    return [row for row in rows if row.id not in silent]


def carriers(session: Session, ids: Collection[int]) -> set[int]:
    """Which of these deliveries speak for others too."""
    spoken = session.scalars(select(Delivery.bundle_id).where(Delivery.bundle_id.in_(ids)).distinct())
    return {each for each in spoken if each is not None}


def let_go(session: Session, ids: Collection[int], now: datetime) -> None:
    """These deliveries will not be sent after all: what they spoke for must speak for itself."""
    session.execute(
        update(Delivery).where(Delivery.bundle_id.in_(ids))
        .values(outcome=None, outcome_at=None, detail="", bundle_id=None, due_at=now)
    )


def share_failure(session: Session, settled: Collection[int]) -> None:
    """A page that failed for good failed for all it spoke for, so that the policy goes on."""
    failed = session.execute(
        select(Delivery.id, Delivery.outcome, Delivery.detail)
        .where(Delivery.id.in_(settled), Delivery.outcome.in_(FAILED))
    ).all()
    for row in failed:
        session.execute(
            update(Delivery).where(Delivery.bundle_id == row.id).values(outcome=row.outcome, detail=row.detail)
        )


def share_receipt(session: Session, row: Delivery) -> None:
    """What the phone reported of a page, it reported of all that page spoke for."""
    times = {name: getattr(row, name) for name in ("received_at", "shown_at", "opened_at", "dismissed_at")}
    session.execute(update(Delivery).where(Delivery.bundle_id == row.id).values(**times))


def waiting_for(session: Session, person_ids: Collection[int]) -> dict[int, int]:
    """Per person how many incidents he was called for wait for somebody: the number on the phone."""
    calling = [row.round_id for row in running(session)]
    query = (
        select(Alert.person_id, func.count(Alert.incident_id.distinct()))
        .where(Alert.person_id.in_(person_ids), Alert.round_id.in_(calling), Alert.kind == "step")
        .group_by(Alert.person_id)
    )
    return dict(session.execute(query).all())


def _urgencies(session: Session, rows: Sequence[Delivery]) -> dict[int, str]:
    rounds = {row.alert.round_id for row in rows if row.alert.round_id}
    return {row.id: row.urgency for row in session.execute(select(Round.id, Round.urgency).where(Round.id.in_(rounds)))}


def _last_pages(session: Session, calm: dict[Address, list[Delivery]], now: datetime) -> dict[Address, Last]:
    """Per address the newest page that was sent or is being sent, with the incidents it spoke of."""
    devices, methods = {each[0] for each in calm}, {each[1] for each in calm}
    sent_at = func.coalesce(Delivery.outcome_at, Delivery.due_at)
    query = (
        select(Delivery.id, Delivery.device_id, Delivery.contact_method_id, Alert.incident_id, sent_at.label("at"))
        .join(Alert, Alert.id == Delivery.alert_id)
        .join(Round, Round.id == Alert.round_id)
        .where(or_(Delivery.device_id.in_(devices), Delivery.contact_method_id.in_(methods)), Alert.kind == "step",
               Round.urgency == "spoed", Delivery.attempts > 0, Delivery.outcome.is_(None) | (Delivery.outcome == "accepted"),
               sent_at > now - PACE)
        .order_by(Delivery.id)
    )
    newest: dict[Address, Last] = {}
    for row in session.execute(query):
        newest[row.device_id, row.contact_method_id] = Last(row.at, frozenset({row.incident_id}))
        if row.id in carriers(session, [row.id]):
            newest[row.device_id, row.contact_method_id] = Last(row.at, frozenset())
    return newest
