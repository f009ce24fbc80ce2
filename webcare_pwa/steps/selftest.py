"""The self-test: a report of our own, for an organisation that nobody sees, through everything that a tenant's goes through.

The worker posts it over HTTP (`after_tick.py`), a receiver in the same process plays the phone. Here stand the rows: when a
test begins, how far it is, what is told when a hop takes too long, and that everything of it goes after a day.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.labels import WORDS
from webcare_pwa.models import organisation
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.guard import SelfTest
from webcare_pwa.models.in_force import is_open
from webcare_pwa.models.incident import Incident, IncidentReport
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.report import Message, Report
from webcare_pwa.rules.selftest import judge
from webcare_pwa.steps import alerting, progress
from webcare_pwa.steps.selftest_world import tester

KEPT = timedelta(days=1)
LOCK = 736_203


def alone(session: Session) -> None:
    """Of several workers on PostgreSQL one at a time; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"select pg_advisory_xact_lock({LOCK})"))


def begin(session: Session, *, now: datetime, every: timedelta) -> str | None:
    """The external id of a report to post now; None when it is not yet time."""
    if not is_due(session, now=now, every=every):
        return None
    row = SelfTest(key=f"selftest-{secrets.token_hex(8)}", started_at=now, hops={})
    session.add(row)
    session.flush()
    logs.hop("selftest.begun", selftest_id=row.id)
    return row.key


def is_due(session: Session, *, now: datetime, every: timedelta) -> bool:
    """Is the newest one over, and long enough ago? One that lies in the future (the clock was set back) does not count."""
    newest = session.scalars(select(SelfTest).order_by(SelfTest.id.desc()).limit(1)).one_or_none()
    return newest is None or (newest.finished_at is not None and not timedelta() <= now - newest.started_at < every)


def look(session: Session, *, now: datetime) -> bool:
    """How far the running test is. When it is over its incident is closed, and a failure is told once until one passes.
    Returns whether it ended."""
    row = running(session)
    if row is None:
        return False
    found = judge(row.started_at, _ends(session, row.key), now)
    if not found.is_over:
        return False
    row.finished_at, row.hops, row.failed = now, found.hops, found.failed
    session.flush()
    _close(session, now)
    logs.hop("selftest.over", selftest_id=row.id, failed=row.failed, **found.hops)
    if row.failed:
        _alarm(session, row, now)
    return True


def running(session: Session) -> SelfTest | None:
    """The test that is not over."""
    query = select(SelfTest).where(SelfTest.finished_at.is_(None)).order_by(SelfTest.id.desc()).limit(1)
    return session.scalars(query).one_or_none()


def _ends(session: Session, key: str) -> dict[str, datetime | None]:
    """The moments at which the hops of a test ended, as the rows of its report tell them."""
    query = (
        select(Report.received_at, Message.judged_at, Alert.at, Delivery.outcome, Delivery.outcome_at, Delivery.shown_at)
        .join(Organisation, Organisation.id == Report.organisation_id).join(Message, Message.report_id == Report.id)
        .outerjoin(IncidentReport, IncidentReport.report_id == Report.id)
        .outerjoin(Alert, Alert.incident_id == IncidentReport.incident_id)
        .outerjoin(Delivery, Delivery.alert_id == Alert.id)
        .where(Organisation.synthetic, Report.external_id == key).order_by(Alert.id, Delivery.id).limit(1)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return {}
    received, judged, called, outcome, sent, shown = found
    return {"received": received, "judged": judged, "called": called, "shown": shown,
            "sent": sent if outcome == "accepted" else None}


def _close(session: Session, now: datetime) -> None:
    """Nobody is called about it again, also not about one that came in late."""
    by = tester(session)
    mine = select(Incident.id).join(Organisation, Organisation.id == Incident.organisation_id)
    for incident_id in session.scalars(mine.where(Organisation.synthetic, is_open())):
        progress.close(session, incident_id, "solved", by=by, note="", token=f"selftest:{incident_id}", now=now)


def _alarm(session: Session, row: SelfTest, now: datetime) -> None:
    passed = select(SelfTest.id).where(SelfTest.failed == "", SelfTest.finished_at.is_not(None)).order_by(SelfTest.id.desc())
    last_good = session.scalar(passed.limit(1)) or 0
    note = WORDS["selftest"]["alarm"].format(hop=WORDS["selftest_hop"][row.failed])
    for each in organisation.every(session):
        alerting.alarm(session, each.id, note, key=f"selftest:{last_good}:{each.id}", now=now)
