"""Paging again about what was acknowledged and then left: not opened, no progress (`rules/unfinished.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.house import House
from webcare_pwa.models import case_rows
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.in_force import is_open, owner_id
from webcare_pwa.models.incident import Acknowledgement, Incident, Opening, Round
from webcare_pwa.models.restores import after_restore
from webcare_pwa.models.situation import Situation, derive
from webcare_pwa.rules import paging
from webcare_pwa.rules.unfinished import OPEN_WITHIN, REMINDER, Call, Taken, next_call
from webcare_pwa.steps import alerting, escalation
from webcare_pwa.steps.reach import Reach

SOON = min(OPEN_WITHIN.values())  # nothing can be due earlier after an acknowledgement


def record_opening(session: Session, incident_id: int, person_id: int, *, now: datetime) -> None:
    """Somebody looks at the incident's page. Once per person and round; the caller has checked the organisation."""
    since = session.scalar(
        select(Round.started_at).where(Round.incident_id == incident_id).order_by(Round.number.desc()).limit(1)
    )
    known = select(Opening.id).where(Opening.incident_id == incident_id, Opening.person_id == person_id)
    if since is not None:
        known = known.where(Opening.at >= since)
    if session.scalar(known.limit(1)) is None:
        session.add(Opening(incident_id=incident_id, person_id=person_id, at=now))


def call_again(session: Session, *, now: datetime, house: House) -> int:
    """Remind, or call anew, about every acknowledged urgent incident that stands still. Returns how many were paged."""
    reach, paged = Reach(session, now), 0
    for situation in _acknowledged(session, now, house):
        incident = situation.incident
        call = due_call(session, situation)
        if call is None or call.due_at > now:
            continue
        if not paging.wakes(situation.urgency, office_open=reach.office_open(incident.organisation_id)):
            continue
        _page(session, situation, call, reach, house)
        paged += 1
    return paged


def due_call(session: Session, situation: Situation) -> Call | None:
    """The next page about an acknowledged incident when nothing happens; None when none will come. What the day team took
    before anybody was called stays theirs at closing time."""
    owner = owner_id(situation.incident)
    if owner is None or situation.round is None or situation.urgency not in OPEN_WITHIN:
        return None
    if situation.closure or situation.acceptance:
        return None
    return next_call(_taken(session, situation, owner))


def _acknowledged(session: Session, now: datetime, house: House) -> list[Situation]:
    taken = select(Acknowledgement.id).where(
        Acknowledgement.incident_id == Incident.id, Acknowledgement.at <= now - SOON
    )
    called = select(Round.id).where(Round.incident_id == Incident.id, after_restore(Round.started_at, session))
    query = select(Incident.id, Incident.organisation_id).where(is_open(), taken.exists(), called.exists())
    rows = session.execute(query).all()
    found = case_rows.load(session, [row.id for row in rows], frozenset(row.organisation_id for row in rows))
    return [derive(each, now, house.rulebook) for each in found]


def _page(session: Session, situation: Situation, call: Call, reach: Reach, house: House) -> None:
    incident, owner = situation.incident, owner_id(situation.incident)
    if owner is None:
        return
    if call.kind == REMINDER:
        alerting.call(session, reach, [owner], kind="reminder", incident_id=incident.id,
                      key=f"reminder:{incident.id}:{int(call.due_at.timestamp())}")
        return
    escalation.start_round(session, incident, call.kind, situation.urgency, reach=reach, house=house, first_id=owner)


def _taken(session: Session, situation: Situation, owner: int) -> Taken:
    taken_at = situation.acknowledged_at or situation.incident.opened_at
    last_act = _last_act(situation, taken_at)
    reminders = [each.at for each in situation.alerts if each.kind == "reminder" and each.at >= last_act]
    on_site = next((each for each in situation.deadlines if each.kind == "on_site"), None)
    return Taken(
        urgency=situation.urgency, acknowledged_at=taken_at, last_act_at=last_act,
        opened=last_act > taken_at or _opened(session, situation, owner, taken_at),
        promised_at=situation.promised_at, on_site_by=on_site.at if on_site and on_site.met_at is None else None,
        reminded_at=max(reminders, default=None),
    )


def _last_act(situation: Situation, taken_at: datetime) -> datetime:
    incident = situation.incident
    acts = [each.at for each in incident.acknowledgements]
    acts += [each.at for each in incident.progress]
    acts += [each.at for each in incident.transfers]
    acts += [each.answer.at for each in incident.transfers if each.answer]
    acts += [each.at for each in situation.replies if each.kind != "automatic"]
    acts += [each.at for report in situation.reports for each in report.verdicts if each.by_id is not None]
    return max([at for at in acts if at >= taken_at], default=taken_at)


def _opened(session: Session, situation: Situation, owner: int, taken_at: datetime) -> bool:
    """By acknowledging on the screen, by a page of his that was opened, or by looking at the incident."""
    incident = situation.incident
    if any(each.person_id == owner and each.via == "screen" and each.at == taken_at for each in incident.acknowledgements):
        return True
    since = situation.round.started_at if situation.round else incident.opened_at
    if any(page.opened_at and page.opened_at >= since for page in _pages(situation.alerts, owner)):
        return True
    seen = select(Opening.id).where(Opening.incident_id == incident.id, Opening.person_id == owner, Opening.at >= since)
    return session.scalar(seen.limit(1)) is not None


def _pages(alerts: list[Alert], owner: int) -> Iterator[Delivery]:
    return (page for alert in alerts if alert.person_id == owner for page in alert.deliveries)
