"""After so many days the raw form of a message is empty; what was understood of it, the case and the audit stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import SPOED, send_report
from tests.steps.engine import HOUSE
from webcare_pwa.db import Database
from webcare_pwa.models.audit import AuditEntry, Heartbeat, record
from webcare_pwa.models.guard import WatcherAlarm
from webcare_pwa.models.report import Message
from webcare_pwa.steps import retention, triage


@pytest.mark.parametrize(("days", "raw_days", "raw"), [(89, 90, "{}"), (91, 90, ""), (400, 0, "{}")])
def test_raw_forms_go_after_their_days(
    database: Database, world: World, clock: FakeClock, days: int, raw_days: int, raw: str
) -> None:
    send_report(database, world, clock.moment, text="{}")
    with database.write() as session:
        triage.take_up_waiting(session, now=clock.moment, house=HOUSE)
        retention.tidy(session, now=clock.moment + timedelta(days=days), raw_days=raw_days)
    with database.read() as session:
        message = session.scalars(select(Message)).one()
        assert message.raw == raw
        assert message.facts["category"] == SPOED["category"]


def test_what_waits_for_its_verdict_stays_whole(database: Database, world: World, clock: FakeClock) -> None:
    send_report(database, world, clock.moment, text="{}")
    with database.write() as session:
        assert retention.tidy(session, now=clock.moment + timedelta(days=500), raw_days=90) == 0


def test_housekeeping_goes_and_the_audit_stays(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        session.add_all([Heartbeat(name=name, at=clock.moment) for name in ("worker", "worker a#1")])
        session.add_all([WatcherAlarm(key="a", at=clock.moment, sent_at=clock.moment), WatcherAlarm(key="b", at=clock.moment)])
        record(session, "test", "organisation", None, now=clock.moment)
        assert retention.tidy(session, now=clock.moment + timedelta(days=31), raw_days=90) == 2
        assert retention.tidy(session, now=clock.moment + timedelta(days=31), raw_days=90) == 0
        assert session.scalars(select(Heartbeat.name)).all() == ["worker"]
        assert session.scalars(select(WatcherAlarm.key)).all() == ["b"]
        assert session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.act == "test")) == 1
