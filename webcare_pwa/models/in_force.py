"""What counts now of the rows of an incident: its urgency, who took it and owns it, whether it is closed. Each
answer is derived here and nowhere else; the rows must be loaded."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement

from webcare_pwa.models.acceptance import Acceptance
from webcare_pwa.models.attached import closed, covered
from webcare_pwa.models.incident import Acknowledgement, Closure, Incident, Round
from webcare_pwa.models.report import Report, Verdict
from webcare_pwa.models.transfer import Transfer
from webcare_pwa.rules.urgency import RANK


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


def is_open() -> ColumnElement[bool]:
    """SQL: no closure, or reopened at or after the newest one; and not worked on under another incident."""
    return ~closed(Incident.id) & ~covered()


def acceptance_in_force(newest: Acceptance | None, current: Round | None) -> Acceptance | None:
    """What customer service accepted before the current round began says nothing about it."""
    return newest if newest and newest.round_id == (current.id if current else None) else None
