"""What one tenant may see of his own report: his messages, our replies to him, and how the work stands. Of other reports on
the same incident, and of what colleagues write to each other, nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer

from webcare_pwa.models import situations
from webcare_pwa.models.facts import facts_of
from webcare_pwa.models.incident import IncidentReport
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.plan import hours_of
from webcare_pwa.models.progress import Progress
from webcare_pwa.models.report import Message, Photo, Report
from webcare_pwa.models.situation import Situation
from webcare_pwa.models.thread import Entry, thread
from webcare_pwa.rules.deadlines import Deadline
from webcare_pwa.rules.facts import ReportFacts
from webcare_pwa.rules.hours import is_open, next_working_day
from webcare_pwa.rules.rulebook import Rulebook


@dataclass(frozen=True)
class TenantCase:
    """A report as its tenant sees it. `situation` is None until it has been taken up."""

    report: Report
    organisation: Organisation
    facts: ReportFacts
    situation: Situation | None
    now: datetime
    office_open: bool
    working_day: datetime  # noon of the day on which the office opens next

    @property
    def is_closed(self) -> bool:
        """The duty is done with it."""
        return self.situation is not None and not self.situation.is_open

    @property
    def told_danger_to_self(self) -> bool:
        """Somebody may do himself harm, or lives through violence: it gets a text of its own."""
        return any(verdict.danger_to_self for verdict in self.report.verdicts)

    @property
    def warnings(self) -> list[str]:
        """Sentences about what we could not use of what he sent, each once."""
        told = [sentence for message in self.report.messages for sentence in message.facts.get("warnings", ())]
        return list(dict.fromkeys(told))

    @property
    def last_work(self) -> Progress | None:
        """The newest thing that was arranged for him; notes between colleagues are not his."""
        rows = [] if self.situation is None else self.situation.progress
        work = [each for each in rows if each.kind not in ("note", "call_failed", "contractor_called")]
        return work[-1] if work else None

    @property
    def answer_due(self) -> Deadline | None:
        """The clock of the first human answer, while it still runs or was missed."""
        clocks = self.situation.deadlines if self.situation else ()
        return next((each for each in clocks if each.kind == "first_answer" and each.met_at is None), None)

    @property
    def thread(self) -> list[Entry]:
        """Everything said, oldest first."""
        return thread(self.report, self.situation)


def load(session: Session, report_id: int, *, now: datetime, rulebook: Rulebook) -> TenantCase | None:
    """The case of that report, or None. The caller must have checked the link."""
    report = session.get(Report, report_id, options=[
        selectinload(Report.messages).selectinload(Message.photos), selectinload(Report.verdicts)
    ])
    if report is None:
        return None
    organisation = session.get_one(Organisation, report.organisation_id)
    incident_id = session.scalars(
        select(IncidentReport.incident_id).where(IncidentReport.report_id == report.id)
    ).one_or_none()
    found = None
    if incident_id is not None:
        walls = frozenset({organisation.id})
        found = situations.load(session, incident_id, walls, now=now, rulebook=rulebook)
        if found.covered and found.head_id:
            found = _worked_on(found, situations.load(session, found.head_id, walls, now=now, rulebook=rulebook))
    hours = hours_of(session, organisation.id)
    noon = datetime.combine(next_working_day(hours, now), time(12), UTC)
    return TenantCase(report, organisation, facts_of(report), found, now, is_open(hours, now), noon)


def _worked_on(own: Situation, head: Situation) -> Situation:
    """His own case, with the work that is done on the outage it belongs to."""
    return replace(own, progress=head.progress, stage=head.stage, owner=head.owner, acknowledged_at=head.acknowledged_at)


def link_version(session: Session, report_id: int) -> int | None:
    """The version his secret link is signed with; None when there is no such report."""
    return session.scalars(select(Report.link_version).where(Report.id == report_id)).one_or_none()


def photo(session: Session, report_id: int, photo_id: int) -> Photo | None:
    """A photo of that report, with its bytes."""
    return session.scalars(
        select(Photo).join(Message, Message.id == Photo.message_id)
        .where(Photo.id == photo_id, Message.report_id == report_id).options(undefer(Photo.jpeg))
    ).one_or_none()
