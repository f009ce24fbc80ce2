"""What an incident's rows add up to, for screens and texts. Nothing here is stored: it is derived anew each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from webcare_pwa.labels.incident import UNKNOWN_DANGER
from webcare_pwa.models.acceptance import Acceptance
from webcare_pwa.models.alert import Alert
from webcare_pwa.models.case_rows import CaseRows
from webcare_pwa.models.clocks import clocks
from webcare_pwa.models.dwelling import Complex, Dwelling
from webcare_pwa.models.facts import facts_of
from webcare_pwa.models.in_force import (
    acceptance_in_force,
    acknowledgements_in_force,
    closure_in_force,
    owner_id,
    pending_transfer,
    worst_verdict,
)
from webcare_pwa.models.incident import Acknowledgement, Closure, Incident, Round
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.person import Person
from webcare_pwa.models.progress import Progress
from webcare_pwa.models.reply import Reply
from webcare_pwa.models.report import Report, Verdict
from webcare_pwa.models.transfer import Transfer
from webcare_pwa.rules.category import is_unknown_danger
from webcare_pwa.rules.deadlines import Deadline
from webcare_pwa.rules.facts import ReportFacts
from webcare_pwa.rules.paging import URGENT
from webcare_pwa.rules.rulebook import Rulebook
from webcare_pwa.rules.stage import stage
from webcare_pwa.rules.unfinished import CONTINUES


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
    head_id: int | None  # the incident whose outage it belongs to
    covered: bool  # and that is worked on in its place

    @property
    def is_open(self) -> bool:
        """Not closed, or reopened since."""
        return self.closure is None

    @property
    def is_alerting(self) -> bool:
        """People are being called and nobody has taken it."""
        waits = self.is_open and not self.covered and self.acknowledged_at is None
        return waits and self.round is not None and self.urgency in URGENT

    @property
    def called_again(self) -> bool:
        """Is the current round about work that somebody had in hand?"""
        return self.round is not None and self.round.reason in CONTINUES

    @property
    def is_under(self) -> bool:
        """Is it no item by itself: worked on, or closed, under the head of its outage?"""
        return self.head_id is not None and (self.covered or not self.is_open)

    @property
    def place(self) -> str:
        """Street and number when known, else what was typed."""
        return self.dwelling.address if self.dwelling else self.facts.address

    @property
    def promised_at(self) -> datetime | None:
        """The newest time somebody promised."""
        times = [each.promised_at for each in self.progress if each.promised_at]
        return times[-1] if times else None


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
        verdict=verdict, urgency=verdict.urgency, category=category.id, group=category.group,
        title=UNKNOWN_DANGER if is_unknown_danger(category.id, verdict.urgency) else category.label_nl,
        round=current, owner=_owner(incident, taken, rows.people),
        acknowledged_at=taken[0].at if taken else None,
        closure=closure, pending_transfer=pending_transfer(incident),
        acceptance=acceptance_in_force(rows.acceptance, current),
        stage=stage(promised, acknowledged=bool(taken), closed=closure is not None, now=now),
        deadlines=clocks(rows, rulebook.urgencies[verdict.urgency]),
        progress=list(incident.progress), replies=rows.replies, alerts=rows.alerts, people=rows.people,
        dwelling=rows.dwelling, complex=rows.dwelling.complex if rows.dwelling else None,
        head_id=rows.head_id, covered=rows.covered,
    )


def _owner(incident: Incident, taken: list[Acknowledgement], people: dict[int, Person]) -> Person | None:
    owner = owner_id(incident)
    return people[owner] if owner is not None and taken else None
