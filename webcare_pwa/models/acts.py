"""What people did to incidents, as plain values: incident, person, moment. What the app does by itself does not count, nor
does what a tenant writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, CompoundSelect, bindparam, select, union_all
from sqlalchemy.orm import Session

from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.incident import Acknowledgement, IncidentReport, Opening, Reopening
from webcare_pwa.models.progress import Progress
from webcare_pwa.models.reply import Reply
from webcare_pwa.models.report import Verdict
from webcare_pwa.models.transfer import BY_CLOCK, Transfer, TransferAnswer

SCREEN = "screen"
_IDS: BindParameter[int] = bindparam("ids", expanding=True)


class Act(NamedTuple):
    """Somebody did something at a moment."""

    person_id: int
    at: datetime


def acts_of(session: Session, incident_ids: Collection[int]) -> dict[int, list[Act]]:
    """By incident, in no order: progress, replies, transfers and their answers, verdicts, reopenings. Acknowledgements are
    not among them: those begin the work."""
    return _grouped(session, _acts(), incident_ids)


def looks_at(session: Session, incident_ids: Collection[int]) -> dict[int, list[Act]]:
    """By incident, who saw its page and when: it was opened, taken on it, or a page to a device was tapped."""
    return _grouped(session, _looks(), incident_ids)


def reminders_of(session: Session, incident_ids: Collection[int]) -> dict[int, list[Act]]:
    """By incident, who was reminded and when."""
    return _grouped(session, _reminders(), incident_ids)


@cache  # as the worker asks these in each tick: to build them costs more than to run them
def _acts() -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(
        select(Progress.incident_id, Progress.person_id, Progress.at).where(Progress.incident_id.in_(_IDS)),
        select(Reply.incident_id, Reply.person_id, Reply.at).where(Reply.incident_id.in_(_IDS), Reply.person_id.is_not(None)),
        select(Transfer.incident_id, Transfer.from_id, Transfer.at).where(
            Transfer.incident_id.in_(_IDS), Transfer.client_token.not_like(f"{BY_CLOCK}%")),
        select(Transfer.incident_id, Transfer.to_id, TransferAnswer.at).join(TransferAnswer).where(
            Transfer.incident_id.in_(_IDS), TransferAnswer.answer != "returned"),
        select(IncidentReport.incident_id, Verdict.by_id, Verdict.at)
        .join(Verdict, Verdict.report_id == IncidentReport.report_id)
        .where(IncidentReport.incident_id.in_(_IDS), Verdict.by_id.is_not(None)),
        select(Reopening.incident_id, Reopening.person_id, Reopening.at).where(
            Reopening.incident_id.in_(_IDS), Reopening.person_id.is_not(None)),
    )


@cache
def _looks() -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(
        select(Opening.incident_id, Opening.person_id, Opening.at).where(Opening.incident_id.in_(_IDS)),
        select(Acknowledgement.incident_id, Acknowledgement.person_id, Acknowledgement.at).where(
            Acknowledgement.incident_id.in_(_IDS), Acknowledgement.via == SCREEN),
        select(Alert.incident_id, Alert.person_id, Delivery.opened_at).join(Delivery).where(
            Alert.incident_id.in_(_IDS), Delivery.opened_at.is_not(None), Delivery.device_id.is_not(None)),
    )


@cache
def _reminders() -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(select(Alert.incident_id, Alert.person_id, Alert.at).where(
        Alert.incident_id.in_(_IDS), Alert.kind == "reminder"))


def _grouped(session: Session, query: CompoundSelect[*tuple[Any, ...]], incident_ids: Collection[int]) -> dict[int, list[Act]]:
    found: dict[int, list[Act]] = defaultdict(list)
    for incident_id, person_id, at in session.execute(query, {"ids": list(incident_ids)}):
        found[incident_id].append(Act(person_id, at))
    return found
