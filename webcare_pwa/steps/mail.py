"""The queue of outgoing mail: queue, claim with a lease, settle. The gateway sends in between, outside a transaction.

A mail whose lease ran out may or may not have been sent. To staff it goes again. A reply to a tenant becomes "unknown"
and waits for a person, as the same message twice is worse than a colleague who asks.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.models.reply import Mail, first_message_id
from webcare_pwa.ports import Delivered, MailJob, MailOutcome, TryAgain, Unknown

BACK_OFF = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60))  # the last one repeats
GIVE_UP_AFTER = timedelta(hours=24)
TOO_OLD = "waited too long"
LOST = "lease ran out"


def queue_mail(
    session: Session, *, key: str, to: str, subject: str, body: str, now: datetime, reply_id: int | None = None,
    automatic: bool = True,
) -> Mail:
    """Put a mail in the queue, once per `key`: a repeat gives the mail that is there already."""
    known = session.scalar(select(Mail).where(Mail.key == key))
    if known is not None:
        return known
    mail = Mail(
        key=key, reply_id=reply_id, to_address=" ".join(to.split())[:254], subject=" ".join(subject.split())[:200],
        body=body, message_id=secrets.token_hex(16), automatic=automatic, created_at=now, due_at=now,
    )
    session.add(mail)
    session.flush()
    return mail


def claim(
    session: Session, *, worker: str, limit: int, lease: timedelta, now: datetime, real_now: datetime
) -> list[MailJob]:
    """Take what is due for `worker` until `real_now` + `lease`; first deals with leases that ran out."""
    _expire(session, now=now, real_now=real_now)
    due = session.scalars(
        select(Mail)
        .where(Mail.outcome.is_(None), Mail.claimed_by.is_(None), Mail.due_at <= now)
        .order_by(Mail.due_at, Mail.id).limit(limit).with_for_update(skip_locked=True)
    ).all()
    jobs = []
    for mail in due:
        if now - mail.created_at >= GIVE_UP_AFTER:
            _finish(mail, "failed", mail.detail or TOO_OLD, now)
            continue
        mail.claimed_by, mail.claimed_until, mail.attempts = worker, real_now + lease, mail.attempts + 1
        jobs.append(MailJob(
            mail_id=mail.id, to_address=mail.to_address, subject=mail.subject, body=mail.body,
            message_id=mail.message_id, automatic=mail.automatic, in_reply_to=first_message_id(session, mail),
        ))
    return jobs


def settle(session: Session, mail_id: int, outcome: MailOutcome, *, now: datetime) -> None:
    """Write down what came of a claimed mail. An outcome stays; only "unknown" may still become "accepted"."""
    mail = session.get(Mail, mail_id, with_for_update=True)
    if mail is None or mail.outcome not in (None, "unknown") or (mail.outcome and not isinstance(outcome, Delivered)):
        return
    mail.claimed_by = mail.claimed_until = None
    detail = outcome.detail[:200]
    if isinstance(outcome, Delivered):
        _finish(mail, "accepted", detail, now)
    elif isinstance(outcome, Unknown):
        _lost(mail, detail, now)
    elif isinstance(outcome, TryAgain):
        _later(mail, outcome, detail, now)
    else:
        _finish(mail, "refused", detail, now)
    logs.hop("mail.settled", mail_id=mail.id, reply_id=mail.reply_id, outcome=mail.outcome or "again",
             attempts=mail.attempts)


def release(session: Session, worker: str) -> None:
    """At its start a worker ends the leases of an earlier run of the same name; the next claim deals with them."""
    session.execute(update(Mail).where(Mail.outcome.is_(None), Mail.claimed_by == worker).values(claimed_until=None))


def holders(session: Session) -> set[str]:
    """Names of the workers that have a mail in hand."""
    query = select(Mail.claimed_by).where(Mail.outcome.is_(None), Mail.claimed_by.is_not(None)).distinct()
    return {name for name in session.scalars(query) if name}


def _expire(session: Session, *, now: datetime, real_now: datetime) -> None:
    out = select(Mail).where(
        Mail.outcome.is_(None), Mail.claimed_by.is_not(None),
        or_(Mail.claimed_until.is_(None), Mail.claimed_until < real_now),
    )
    for mail in session.scalars(out.with_for_update(skip_locked=True)):
        _lost(mail, LOST, now)


def _lost(mail: Mail, detail: str, now: datetime) -> None:
    """Nobody knows whether the server took it."""
    mail.claimed_by = mail.claimed_until = None
    if mail.reply_id is not None:
        _finish(mail, "unknown", detail, now)
    else:
        _later(mail, TryAgain(), detail, now)


def _later(mail: Mail, outcome: TryAgain, detail: str, now: datetime) -> None:
    own = BACK_OFF[min(mail.attempts, len(BACK_OFF)) - 1]
    mail.due_at, mail.detail = now + max(own, timedelta(seconds=outcome.after or 0)), detail
    if mail.due_at - mail.created_at >= GIVE_UP_AFTER:
        _finish(mail, "failed", detail, now)


def _finish(mail: Mail, outcome: str, detail: str, now: datetime) -> None:
    mail.outcome, mail.outcome_at, mail.detail = outcome, now, detail
