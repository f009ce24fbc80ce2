"""Verloop: every row of an incident as one list, newest first. Order and facts only; the template has the sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from webcare_pwa.models.alert import Alert
from webcare_pwa.models.incident import Refusal
from webcare_pwa.models.situation import Situation

KEY = {"report", "addition", "acknowledgement", "closure", "reopening", "promise", "verdict"}  # drawn with a lit mark


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `row` is the row itself, `who` the first name of who did it ("" for the app)."""

    at: datetime
    kind: str
    row: object
    who: str = ""
    others: tuple[str, ...] = ()
    again: bool = False  # everybody in `others` had been called before

    @property
    def is_key(self) -> bool:
        """One of the moments that decide the story?"""
        return self.kind in KEY


def timeline(situation: Situation, refusals: list[Refusal]) -> list[Entry]:
    """Everything that happened to the incident."""
    entries = [*_told(situation), *_called(situation), *_done(situation, refusals)]
    return sorted(entries, key=lambda each: each.at)[::-1]  # of one moment: what caused the other comes lower


def _told(situation: Situation) -> Iterator[Entry]:
    for report in situation.reports:
        for message in report.messages:
            yield Entry(message.received_at, message.kind, report, _name(situation, report.taken_by_id))
        for verdict in report.verdicts:
            yield Entry(verdict.at, "verdict", verdict, _name(situation, verdict.by_id))
    for reply in situation.replies:
        yield Entry(reply.at, "reply", reply, _name(situation, reply.person_id))


def _called(situation: Situation) -> Iterator[Entry]:
    for round_ in situation.incident.rounds[1:]:
        yield Entry(round_.started_at, "round", round_)
    called: set[int] = set()
    for (at, kind, _), together in groupby(situation.alerts, key=_call):
        alerts = list(together)
        people = {each.person_id for each in alerts}
        yield Entry(at, "alert" if kind == "step" else f"alert_{kind}", alerts[0],
                    others=tuple(each.person.first_name for each in alerts), again=people <= called)
        called |= people


def _call(alert: Alert) -> tuple[datetime, str, int]:
    return alert.at, alert.kind, alert.escalation_id or 0


def _done(situation: Situation, refusals: list[Refusal]) -> Iterator[Entry]:
    incident = situation.incident
    for taken in incident.acknowledgements:
        yield Entry(taken.at, "acknowledgement", taken, _name(situation, taken.person_id))
    for refusal in refusals:
        yield Entry(refusal.at, "refusal", refusal, _name(situation, refusal.person_id))
    for transfer in incident.transfers:
        receiver = _name(situation, transfer.to_id)
        yield Entry(transfer.at, "transfer", transfer, _name(situation, transfer.from_id), (receiver,))
        if transfer.answer:
            yield Entry(transfer.answer.at, f"transfer_{transfer.answer.answer}", transfer, receiver)
    for progress in incident.progress:
        kind = "promise" if progress.promised_at else "progress"
        yield Entry(progress.at, kind, progress, _name(situation, progress.person_id))
    for closure in incident.closures:
        yield Entry(closure.at, "closure", closure, _name(situation, closure.person_id))
    for reopening in incident.reopenings:
        yield Entry(reopening.at, "reopening", reopening, _name(situation, reopening.person_id))
    if situation.acceptance:
        yield Entry(situation.acceptance.at, "acceptance", situation.acceptance,
                    _name(situation, situation.acceptance.person_id))


def _name(situation: Situation, person_id: int | None) -> str:
    return situation.people[person_id].first_name if person_id in situation.people else ""
