"""Loads all rows of a number of incidents in a fixed number of queries, within the organisation walls."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webcare_pwa.models.acceptance import Acceptance
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.attached import covered_of, heads
from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.models.facts import facts_of
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.person import Person
from webcare_pwa.models.policy import backup_after as desk_backup_after
from webcare_pwa.models.reply import Reply
from webcare_pwa.models.report import Message, Report

_EVERYTHING = (
    selectinload(Incident.reports).options(
        selectinload(Report.messages).selectinload(Message.photos), selectinload(Report.verdicts)
    ),
    selectinload(Incident.rounds),
    selectinload(Incident.acknowledgements),
    selectinload(Incident.transfers),
    selectinload(Incident.progress),
    selectinload(Incident.closures),
    selectinload(Incident.reopenings),
)


@dataclass
class CaseRows:
    """The rows of one incident."""

    incident: Incident
    organisation: Organisation
    people: dict[int, Person]
    backup_after: dict[str, timedelta]  # per urgency: when the desk's policy reaches the backup
    dwelling: Dwelling | None = None
    acceptance: Acceptance | None = None
    head_id: int | None = None  # the incident it is attached to
    covered: bool = False  # and is worked on under
    replies: list[Reply] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)


def load(session: Session, ids: list[int], organisations: frozenset[int]) -> list[CaseRows]:
    """The rows of those of the incidents that belong to the organisations, in the order of `ids`."""
    incidents = session.scalars(
        select(Incident)
        .where(Incident.id.in_(ids), Incident.organisation_id.in_(organisations))
        .options(*_EVERYTHING)
        .execution_options(populate_existing=True)
    ).all()
    found = {incident.id: incident for incident in incidents if incident.reports}
    if not found:
        return []
    owners = _organisations(session, {incident.organisation_id for incident in found.values()})
    backup_after = {each: desk_backup_after(session, each.desk_id) for each in owners.values()}
    people = {person.id: person for person in session.scalars(select(Person))}
    replies, alerts = _replies(session, list(found)), _alerts(session, list(found))
    accepted = {
        each.incident_id: each for each in session.scalars(
            select(Acceptance).where(Acceptance.incident_id.in_(found)).order_by(Acceptance.id))
    }
    homes = dwellings(session, found)
    head_of, under = heads(session, found), covered_of(session, found)
    rows = []
    for incident_id in (each for each in ids if each in found):
        incident = found[incident_id]
        organisation = owners[incident.organisation_id]
        rows.append(CaseRows(
            incident, organisation, people, backup_after[organisation], homes.get(incident_id),
            accepted.get(incident_id), head_of.get(incident_id), incident_id in under, replies[incident_id],
            alerts[incident_id],
        ))
    return rows


def _organisations(session: Session, ids: set[int]) -> dict[int, Organisation]:
    return {each.id: each for each in session.scalars(select(Organisation).where(Organisation.id.in_(ids)))}


def _replies(session: Session, ids: list[int]) -> dict[int, list[Reply]]:
    found: dict[int, list[Reply]] = defaultdict(list)
    query = select(Reply).where(Reply.incident_id.in_(ids)).options(selectinload(Reply.mail)).order_by(Reply.id)
    for reply in session.scalars(query):
        found[reply.incident_id].append(reply)
    return found


def _alerts(session: Session, ids: list[int]) -> dict[int, list[Alert]]:
    found: dict[int, list[Alert]] = defaultdict(list)
    query = (
        select(Alert)
        .where(Alert.incident_id.in_(ids))
        .options(
            selectinload(Alert.person), selectinload(Alert.escalation),
            selectinload(Alert.deliveries).selectinload(Delivery.device),
            selectinload(Alert.deliveries).selectinload(Delivery.contact_method),
        )
        .order_by(Alert.id)
    )
    for alert in session.scalars(query):
        found[alert.incident_id or 0].append(alert)
    return found


def dwellings(session: Session, incidents: dict[int, Incident]) -> dict[int, Dwelling]:
    """The known dwelling of each incident that has one. Reports with their messages must be loaded."""
    wanted = {each.id: facts_of(each.reports[0]).dwelling_id for each in incidents.values()}
    ids = {each for each in wanted.values() if each}
    homes = {home.id: home for home in session.scalars(select(Dwelling).where(Dwelling.id.in_(ids)))} if ids else {}
    return {
        incident_id: homes[home] for incident_id, home in wanted.items()
        if home in homes and homes[home].organisation_id == incidents[incident_id].organisation_id
    }
