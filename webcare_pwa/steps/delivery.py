"""Pages to devices and by contact methods: claim with a lease, hand out ready jobs, settle what came of them. No network here.

At claim time a page that makes no sense any more (acknowledged, closed, replaced by a newer one) is settled as superseded
instead of sent. When the outcome of a send is unknown (the worker died), the page goes out again: silence is worse than a
double, and the same tag makes the double replace itself.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session, selectinload

from webcare_pwa import logs
from webcare_pwa.house import House
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.ports import ContactJob, Delivered, Gone, OurFault, Outcome, PushJob, Refused, TryAgain
from webcare_pwa.steps import broken, bundling, contact_pages, follow_up, installation, pages, pending, staleness

BACK_OFF = (1, 3, 10, 30, 60)  # seconds; the last one repeats
OURS_AGAIN_AFTER = 60.0  # seconds: somebody must mend a setting first
GIVE_UP_AFTER = timedelta(minutes=30)  # older than this a page is history: the policy has called others since


def claim(
    session: Session, *, worker: str, limit: int, lease: timedelta, now: datetime, real_now: datetime, house: House
) -> list[PushJob]:
    """Take up to `limit` due pages for this worker until `real_now + lease`, oldest first, and make them ready."""
    until = real_now + lease
    rows = _take(session, Delivery.device_id.is_not(None), worker, limit=limit, now=now, real_now=real_now, until=until)
    return pages.push_jobs(session, rows, house=house)


def claim_contacts(
    session: Session, *, worker: str, limit: int, lease: timedelta, now: datetime, real_now: datetime, house: House
) -> list[ContactJob]:
    """The same for messages by contact methods."""
    until = real_now + lease
    to_contacts = Delivery.contact_method_id.is_not(None)
    rows = _take(session, to_contacts, worker, limit=limit, now=now, real_now=real_now, until=until)
    return contact_pages.jobs(session, rows, house=house)


def _take(
    session: Session, kind: ColumnElement[bool], worker: str, *, limit: int, now: datetime, real_now: datetime, until: datetime
) -> list[Delivery]:
    rows = session.scalars(
        select(Delivery)
        .where(Delivery.outcome.is_(None), pending.is_due(now), kind,
               or_(Delivery.claimed_until.is_(None), Delivery.claimed_until < real_now))
        .order_by(Delivery.id)
        .limit(limit)
        .options(selectinload(Delivery.device), selectinload(Delivery.contact_method), selectinload(Delivery.alert))
        .with_for_update(skip_locked=True)
    ).all()
    stale = staleness.reasons(session, rows)
    fresh = []
    for row in rows:
        if row.id in stale:
            _finish(row, "superseded", stale[row.id], now)
        elif now - row.created_at > GIVE_UP_AFTER:
            _finish(row, "failed", "te oud om nog te sturen", now)
        else:
            fresh.append(row)
    if stale:
        bundling.let_go(session, list(stale), now)
    ready = bundling.bundle(session, fresh, now)
    for row in ready:
        row.claimed_by, row.claimed_until, row.attempts = worker, until, row.attempts + 1
    session.flush()
    return ready


def settle(session: Session, outcomes: list[tuple[int, Outcome]], *, now: datetime) -> None:
    """Write down what the push services answered. A row that was settled meanwhile stays as it is."""
    found = dict(outcomes)
    rows = session.scalars(
        select(Delivery)
        .where(Delivery.id.in_(found), Delivery.outcome.is_(None))
        .options(selectinload(Delivery.alert).load_only(Alert.incident_id), selectinload(Delivery.contact_method))
    ).all()
    for row in rows:
        outcome = found[row.id]
        if isinstance(outcome, Delivered) and outcome.vendor_id and outcome.vendor_id == row.vendor_id:
            continue  # the provider told how this call ended before we came to settle it (steps/calls.py)
        if isinstance(outcome, OurFault):
            outcome = TryAgain(OURS_AGAIN_AFTER, f"onze eigen instelling: {outcome.detail}")
        if isinstance(outcome, TryAgain):
            _retry(row, outcome, now)
        else:
            _finish(row, _word(outcome), outcome.detail, now)
            row.vendor_id = outcome.vendor_id[:64] if isinstance(outcome, Delivered) else row.vendor_id
        logs.hop("delivery.settled", delivery_id=row.id, incident_id=row.alert.incident_id,
                 outcome=row.outcome or "again", detail=row.detail, attempts=row.attempts)
    session.flush()
    installation.note(session, rows, found, now=now)
    failed = [number for number, outcome in found.items() if isinstance(outcome, Gone | Refused)]
    if failed:
        bundling.share_failure(session, failed)
        follow_up.hurry(session, failed, now=now)
        broken.tell(session, failed, now=now)


def release(session: Session, worker: str) -> None:
    """Give back what a worker of this name had in hand: at its start, as it died with it."""
    session.execute(
        update(Delivery)
        .where(Delivery.claimed_by == worker, Delivery.outcome.is_(None))
        .values(claimed_by=None, claimed_until=None)
    )


def holders(session: Session) -> set[str]:
    """Names of the workers that have something in hand."""
    query = select(Delivery.claimed_by).where(Delivery.outcome.is_(None), Delivery.claimed_by.is_not(None)).distinct()
    return {name for name in session.scalars(query) if name}


def renew(session: Session, worker: str, ids: Collection[int], until: datetime) -> None:
    """A worker that lives keeps what it has in hand."""
    session.execute(
        update(Delivery)
        .where(Delivery.id.in_(ids), Delivery.claimed_by == worker, Delivery.outcome.is_(None))
        .values(claimed_until=until)
    )


def _word(outcome: Delivered | Gone | Refused) -> str:
    return {Delivered: "accepted", Gone: "gone", Refused: "refused"}[type(outcome)]


def _retry(row: Delivery, outcome: TryAgain, now: datetime) -> None:
    pause = outcome.after if outcome.after is not None else BACK_OFF[min(row.attempts, len(BACK_OFF)) - 1]
    row.due_at = now + timedelta(seconds=max(1.0, min(pause, 3600.0)))
    row.claimed_by = row.claimed_until = None
    row.detail = outcome.detail[:200]


def _finish(row: Delivery, outcome: str, detail: str, now: datetime) -> None:
    row.outcome, row.outcome_at, row.detail = outcome, now, detail[:200]
    row.claimed_by = row.claimed_until = None
