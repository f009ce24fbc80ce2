"""The rows that a self-test needs: an organisation, desk, person, device and API token that nobody sees and nobody can log in
with; made when first needed, brought up to date at each start of the worker. And the removal of what a test leaves behind."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Table, delete, or_, select
from sqlalchemy.orm import Session

from webcare_pwa import links
from webcare_pwa.db import Base
from webcare_pwa.models.audit import AuditEntry
from webcare_pwa.models.device import Device
from webcare_pwa.models.guard import SelfTest
from webcare_pwa.models.incident import IncidentReport
from webcare_pwa.models.organisation import ApiToken, Organisation
from webcare_pwa.models.person import Person, Role
from webcare_pwa.models.report import Report
from webcare_pwa.models.rota import Desk, PolicyStep
from webcare_pwa.rules.access import DUTY
from webcare_pwa.rules.escalation import POOL
from webcare_pwa.rules.paging import URGENT

SLUG = NAME = "zelftest"
EMAIL = "zelftest@zelftest.invalid"
NUMBER = "030 000 00 00"  # no tenant ever sees it, and none may be without


def prepare(session: Session, *, secret: str, phone: dict[str, str], now: datetime) -> None:
    """Everything in place for a receiver at `phone` (endpoint, p256dh, auth) and a token with this secret."""
    home = session.scalars(select(Organisation).where(Organisation.synthetic)).one_or_none() or _found(session, now)
    if session.scalar(select(ApiToken.id).where(ApiToken.token_hash == links.digest(secret))) is None:
        session.add(ApiToken(organisation_id=home.id, name=NAME, token_hash=links.digest(secret), created_at=now))
    by = tester(session)
    device = session.scalars(select(Device).where(Device.person_id == by)).one_or_none()
    if device is None:
        device = Device(person_id=by, vapid_key_id="", name=NAME, platform="desktop", waking=True)
        session.add(device)
    if (device.endpoint, device.p256dh) != (phone["endpoint"], phone["p256dh"]):
        device.endpoint, device.p256dh, device.auth = phone["endpoint"], phone["p256dh"], phone["auth"]
        device.registered_at = device.seen_at = now
    session.flush()


def tester(session: Session) -> int:
    """The person of the self-test. Nobody: it is made with the organisation."""
    return session.scalars(select(Person.id).where(Person.email == EMAIL)).one()


def clear(session: Session, *, before: datetime) -> int:
    """Remove every row of the reports of self-tests that came in before that moment, and the oldest results. Returns how many
    reports went."""
    reports = set(session.scalars(
        select(Report.id).join(Organisation, Organisation.id == Report.organisation_id)
        .where(Organisation.synthetic, Report.received_at < before)
    ))
    incidents = set(session.scalars(select(IncidentReport.incident_id).where(IncidentReport.report_id.in_(reports))))
    _remove(session, {"reports": reports, "incidents": incidents})
    mine = select(Organisation.id).where(Organisation.synthetic).scalar_subquery()
    session.execute(delete(AuditEntry).where(AuditEntry.organisation_id == mine, AuditEntry.at < before))
    session.execute(delete(SelfTest).where(SelfTest.started_at < before, SelfTest.finished_at.is_not(None)))
    return len(reports)


def _found(session: Session, now: datetime) -> Organisation:
    """No lines and no hours: nobody is on duty there and the office is always closed, so that each report pages the pool, which
    is the one person."""
    desk = Desk(name=NAME, created_at=now)
    session.add(desk)
    session.flush()
    session.add_all(
        PolicyStep(desk_id=desk.id, urgency=urgency, position=0, after_seconds=0, who=POOL) for urgency in sorted(URGENT)
    )
    made = Organisation(desk_id=desk.id, slug=SLUG, name=NAME, emergency_number=NUMBER, synthetic=True, created_at=now)
    session.add(made)
    session.flush()
    person = Person(name=NAME, email=EMAIL, created_at=now)
    person.roles = [Role(organisation_id=made.id, role=DUTY)]
    session.add(person)
    session.flush()
    return made


def _remove(session: Session, doomed: dict[str, set[int]]) -> None:
    """These rows and every row that points to one of them, in any table there is or will be; children go first."""
    tables: list[Table] = list(Base.metadata.sorted_tables)
    for table in tables:
        if table.name not in doomed:
            parents = [(key.parent, doomed[key.column.table.name]) for key in table.foreign_keys
                       if key.column.table.name in doomed]
            pointing = [column.in_(ids) for column, ids in parents if ids]
            doomed[table.name] = set(session.scalars(select(table.c.id).where(or_(*pointing)))) if pointing else set()
    for table in reversed(tables):
        if doomed[table.name]:
            session.execute(delete(table).where(table.c.id.in_(doomed[table.name])))
