"""The urgent incidents that somebody took and that are not finished, with what the rule about them needs to know. Screens and
the worker ask here alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from webcare_pwa.models.acceptance import Acceptance
from webcare_pwa.models.acts import Act, acts_of, looks_at, reminders_of
from webcare_pwa.models.clocks import case_started_at, on_site_at
from webcare_pwa.models.in_force import acknowledgements_in_force, is_open, owner_id
from webcare_pwa.models.incident import Acknowledgement, Incident, Round
from webcare_pwa.models.outage import Attachment, Detachment
from webcare_pwa.models.plan import hours_of
from webcare_pwa.models.restores import after_restore
from webcare_pwa.rules import hours, paging
from webcare_pwa.rules.rulebook import Rulebook
from webcare_pwa.rules.unfinished import Taken
from webcare_pwa.steps import urgency
from webcare_pwa.steps.reach import Reach

DAY_BACK = timedelta(days=5)  # further back than any stretch without office hours


@dataclass(frozen=True)
class TakenCase:
    """One of them. `owned_since`: when the owner took or accepted it."""

    incident: Incident
    round: Round
    owner_id: int
    owned_since: datetime
    facts: Taken


def taken_cases(
    session: Session, reach: Reach, rulebook: Rulebook, *, only: Collection[int] | None = None
) -> list[TakenCase]:
    """In the order of their ids. Not: what customer service accepted, what waits for the day, what the day team took without
    anybody called, and what is part of a collective fault (unless it is an emergency by itself)."""
    incidents = _candidates(session, only)
    ids = [incident.id for incident in incidents]
    if not ids:
        return []
    levels, attached = urgency.of_incidents(session, ids), _attached(session, ids)
    acts, looks, reminded = acts_of(session, ids), looks_at(session, ids), reminders_of(session, ids)
    return [
        _case(session, each, levels[each.id], acts.get(each.id, []), looks.get(each.id, []), reminded.get(each.id, []),
              reach, rulebook)
        for each in incidents
        if paging.wakes(levels[each.id], office_open=reach.office_open(each.organisation_id))
        and (each.id not in attached or levels[each.id] == "noodgeval")
    ]


def _candidates(session: Session, only: Collection[int] | None) -> list[Incident]:
    query = _unfinished() if only is None else _unfinished().where(Incident.id.in_(only))
    return list(session.scalars(query))


@cache  # as the worker asks it in each tick: to build it costs more than to run it
def _unfinished() -> Select[Incident]:
    current = select(func.max(Round.id)).where(Round.incident_id == Incident.id).correlate(Incident).scalar_subquery()
    taken = select(Acknowledgement.id).where(
        Acknowledgement.incident_id == Incident.id, Acknowledgement.round_id == current)
    accepted = select(Acceptance.id).where(Acceptance.incident_id == Incident.id, Acceptance.round_id == current)
    called = select(Round.id).where(Round.id == current, after_restore(Round.started_at))
    return (
        select(Incident)
        .where(is_open(), taken.exists(), called.exists(), ~accepted.exists())
        .options(selectinload(Incident.rounds), selectinload(Incident.acknowledgements), selectinload(Incident.transfers),
                 selectinload(Incident.progress))
        .order_by(Incident.id)
        .execution_options(populate_existing=True)
    )


def _attached(session: Session, ids: Collection[int]) -> frozenset[int]:
    query = (
        select(Attachment.incident_id)
        .outerjoin(Detachment, Detachment.attachment_id == Attachment.id)
        .where(Attachment.incident_id.in_(ids), Detachment.id.is_(None))
    )
    return frozenset(session.scalars(query))


def _case(
    session: Session, incident: Incident, level: str, acts: list[Act], looks: list[Act], reminded: list[Act], reach: Reach,
    rulebook: Rulebook,
) -> TakenCase:
    owner = owner_id(incident) or 0
    current = incident.rounds[-1]
    mine = [each.at for each in acknowledgements_in_force(incident) if each.person_id == owner]
    mine += [each.answer.at for each in incident.transfers if each.to_id == owner and each.answer
             and each.answer.answer == "accepted" and each.answer.at >= current.started_at]
    since = max(mine)
    day = _day_ended(session, incident.organisation_id, level, reach)
    acted_at = max([since, day or since, *(each.at for each in acts)])
    seen = any(each.person_id == owner and each.at >= current.started_at for each in looks)
    seen = seen or any(each.person_id == owner and each.at >= since for each in acts) or (day is not None and day > since)
    minutes = rulebook.urgencies[level].on_site_minutes
    waits = minutes is not None and on_site_at(incident) is None
    promises = [each.promised_at for each in incident.progress if each.promised_at]
    return TakenCase(incident, current, owner, since, Taken(
        urgency=level, acknowledged_at=since, opened=seen, last_act_at=acted_at,
        promised_at=promises[-1] if promises else None,
        on_site_by=case_started_at(incident) + timedelta(minutes=minutes or 0) if waits else None,
        reminded_at=max((each.at for each in reminded if each.at >= acted_at), default=None),
    ))


def _day_ended(session: Session, organisation_id: int, level: str, reach: Reach) -> datetime | None:
    """When the office last closed: a spoed was the day's till then. An emergency never rests."""
    if level == "noodgeval":
        return None
    opened = hours.open_between(hours_of(session, organisation_id), reach.now - DAY_BACK, reach.now)
    return opened[-1][1] if opened else None
