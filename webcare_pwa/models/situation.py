"""What an incident's rows add up to, for screens and texts. Nothing here is stored; every answer is derived once, here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.errors import NotFound
from webcare_pwa.models import case_rows
from webcare_pwa.models.alert import Alert
from webcare_pwa.models.case_rows import CaseRows
from webcare_pwa.models.dwelling import Complex, Dwelling
from webcare_pwa.models.facts import facts_of
from webcare_pwa.models.incident import Acceptance, Acknowledgement, Closure, Incident, Progress, Round, Transfer
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.person import Person
from webcare_pwa.models.reply import Reply
from webcare_pwa.models.report import Report, Verdict
from webcare_pwa.rules.deadlines import Deadline, deadlines
from webcare_pwa.rules.facts import ReportFacts
from webcare_pwa.rules.paging import URGENT
from webcare_pwa.rules.rulebook import Rulebook
from webcare_pwa.rules.stage import stage
from webcare_pwa.rules.triage import RANK


@dataclass(frozen=True)
class Situation:
    """One incident as it stands."""

    incident: Incident
    organisation: Organisation
    reports: list[Report]
    facts: ReportFacts  # of the first report
    verdict: Verdict  # the one that sets the urgency
    urgency: str
    category: str
    group: str
    title: str
    round: Round | None
    owner: Person | None
    acknowledged_at: datetime | None
    closure: Closure | None
    pending_transfer: Transfer | None
    acceptance: Acceptance | None
    stage: str
    deadlines: tuple[Deadline, ...]
    progress: list[Progress]
    replies: list[Reply]
    alerts: list[Alert]
    people: dict[int, Person]
    dwelling: Dwelling | None
    complex: Complex | None

    @property
    def is_open(self) -> bool:
        """Not closed, or reopened since."""
        return self.closure is None

    @property
    def is_alerting(self) -> bool:
        """People are being called and nobody has taken it."""
        return self.is_open and self.round is not None and self.acknowledged_at is None and self.urgency in URGENT

    @property
    def place(self) -> str:
        """Street and number when known, else what was typed."""
        return self.dwelling.address if self.dwelling else self.facts.address

    @property
    def promised_at(self) -> datetime | None:
        """The newest time somebody promised."""
        times = [each.promised_at for each in self.progress if each.promised_at]
        return times[-1] if times else None


def load(
    session: Session, incident_id: int, organisations: frozenset[int], *, now: datetime, rulebook: Rulebook
) -> Situation:
    """One incident, if it belongs to one of the organisations. Raises `NotFound`."""
    found = _situations(session, [incident_id], organisations, now, rulebook)
    if not found:
        raise NotFound()
    return found[0]


def open_incidents(
    session: Session, organisations: frozenset[int], *, now: datetime, rulebook: Rulebook
) -> list[Situation]:
    """All that is not closed, worst first, then oldest first."""
    ids = session.scalars(
        select(Incident.id).where(Incident.organisation_id.in_(organisations), case_rows.is_open())
    )
    found = _situations(session, list(ids), organisations, now, rulebook)
    return sorted(found, key=lambda each: (-RANK[each.urgency], each.incident.opened_at, each.incident.id))


def recent(
    session: Session, organisations: frozenset[int], *, since: datetime, now: datetime, rulebook: Rulebook
) -> list[Situation]:
    """Opened or closed since that moment, or still open; newest first."""
    ids = session.scalars(
        select(Incident.id)
        .where(
            Incident.organisation_id.in_(organisations),
            case_rows.is_open() | (Incident.opened_at >= since) | Incident.closures.any(Closure.at >= since),
        )
        .order_by(Incident.id.desc())
    )
    return _situations(session, list(ids), organisations, now, rulebook)


def _situations(
    session: Session, ids: list[int], organisations: frozenset[int], now: datetime, rulebook: Rulebook
) -> list[Situation]:
    return [derive(rows, now, rulebook) for rows in case_rows.load(session, ids, organisations)]


def derive(rows: CaseRows, now: datetime, rulebook: Rulebook) -> Situation:
    """What one incident's rows add up to at a moment."""
    incident = rows.incident
    reports = list(incident.reports)
    verdict = worst_verdict(reports)
    category = rulebook.categories[verdict.category]
    current = incident.rounds[-1] if incident.rounds else None
    taken = acknowledgements_in_force(incident)
    closure = closure_in_force(incident)
    reopened_at = incident.reopenings[-1].at if incident.reopenings else incident.opened_at
    promised = [(each.kind, each.promised_at) for each in incident.progress if each.at >= reopened_at]
    return Situation(
        incident=incident, organisation=rows.organisation, reports=reports, facts=facts_of(reports[0]),
        verdict=verdict, urgency=verdict.urgency, category=category.id, group=category.group, title=category.label_nl,
        round=current, owner=_owner(incident, taken, rows.people),
        acknowledged_at=taken[0].at if taken else None,
        closure=closure, pending_transfer=pending_transfer(incident),
        acceptance=_acceptance_in_force(rows.acceptance, current),
        stage=stage(promised, acknowledged=bool(taken), closed=closure is not None, now=now),
        deadlines=deadlines(
            rulebook.urgencies[verdict.urgency], current.started_at if current else incident.opened_at,
            backup_after=rows.backup_after.get(verdict.urgency), acknowledged_at=taken[0].at if taken else None,
            answered_at=_first_human_answer(rows.replies), on_site_at=_on_site(incident),
        ),
        progress=list(incident.progress), replies=rows.replies, alerts=rows.alerts, people=rows.people,
        dwelling=rows.dwelling, complex=rows.dwelling.complex if rows.dwelling else None,
    )


def worst_verdict(reports: Iterable[Report]) -> Verdict:
    """The verdict that sets the incident's urgency: the highest of each report's newest."""
    return max((report.verdicts[-1] for report in reports if report.verdicts), key=lambda each: RANK[each.urgency])


def acknowledgements_in_force(incident: Incident) -> list[Acknowledgement]:
    """Those of the current round, first one first (of no round, when there never was one)."""
    current = incident.rounds[-1].id if incident.rounds else None
    return [each for each in incident.acknowledgements if each.round_id == current]


def closure_in_force(incident: Incident) -> Closure | None:
    """The newest closure, unless it was reopened."""
    if not incident.closures:
        return None
    newest = incident.closures[-1]
    return None if any(each.at >= newest.at for each in incident.reopenings) else newest


def pending_transfer(incident: Incident) -> Transfer | None:
    """A transfer that waits for its answer."""
    waiting = [each for each in incident.transfers if each.answer is None]
    return waiting[-1] if waiting else None


def owner_id(incident: Incident) -> int | None:
    """Last accepted transfer since the first acknowledgement in force, else that acknowledgement's person."""
    taken = acknowledgements_in_force(incident)
    if not taken:
        return None
    accepted = [
        each for each in incident.transfers
        if each.answer and each.answer.answer == "accepted" and each.answer.at >= taken[0].at
    ]
    return accepted[-1].to_id if accepted else taken[0].person_id


def _acceptance_in_force(newest: Acceptance | None, current: Round | None) -> Acceptance | None:
    """What customer service accepted before the current round began says nothing about it."""
    return newest if newest and newest.round_id == (current.id if current else None) else None


def _owner(incident: Incident, taken: list[Acknowledgement], people: dict[int, Person]) -> Person | None:
    owner = owner_id(incident)
    return people[owner] if owner is not None and taken else None


def _first_human_answer(replies: list[Reply]) -> datetime | None:
    """A call that nobody answered told the tenant nothing."""
    times = [reply.at for reply in replies if reply.kind != "automatic" and reply.template != "no_answer"]
    return times[0] if times else None


def _on_site(incident: Incident) -> datetime | None:
    done = ("made_safe_recorded", "repair_reported_done", "inspection_recorded")
    times = [each.at for each in incident.progress if each.kind in done]
    return times[0] if times else None
