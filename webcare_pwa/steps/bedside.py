"""Bedside mode: the heartbeats of a phone that lies awake, and the calls it must ring for when no page came through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.errors import Invalid
from webcare_pwa.models.alert import Alert
from webcare_pwa.models.bedside import Bedside
from webcare_pwa.models.device import Device
from webcare_pwa.models.in_force import closure_in_force, owner_id
from webcare_pwa.models.incident import Round
from webcare_pwa.steps.case import open_case
from webcare_pwa.steps.refusals import refused_by

RINGS_FOR = timedelta(minutes=30)  # after that the policy has called everybody else


@dataclass(frozen=True)
class Ringing:
    """An open call of this person: the newest of its incident."""

    alert_id: int
    incident_id: int
    urgency: str


def beat(session: Session, person_id: int, token: str, *, device_id: int | None, now: datetime) -> Bedside:
    """The phone lies awake. The first heartbeat of a token switches bedside mode on, and an earlier one of this person off;
    one that was switched off stays off. Raises `Invalid` without a usable token."""
    if not 16 <= len(token) <= 64:
        raise Invalid("De nachtstand gaf geen bruikbaar kenmerk. Zet hem opnieuw aan.")
    row = session.scalars(select(Bedside).where(Bedside.client_token == token)).one_or_none()
    if row is None:
        _end(session, person_id, now)
        row = Bedside(person_id=person_id, device_id=_own(session, person_id, device_id), client_token=token, started_at=now,
                      seen_at=now)
        session.add(row)
        session.flush()
        logs.hop("bedside.started", person_id=person_id, bedside_id=row.id)
    elif row.person_id != person_id:
        raise Invalid("Deze nachtstand is van iemand anders. Zet hem opnieuw aan.")
    elif row.ended_at is None:
        row.seen_at = max(row.seen_at, now)
    return row


def end(session: Session, person_id: int, *, now: datetime) -> None:
    """Switch it off, wherever it is on: somebody has one bed."""
    _end(session, person_id, now)
    logs.hop("bedside.ended", person_id=person_id)


def ringing(session: Session, person_id: int, *, now: datetime) -> list[Ringing]:
    """The calls this person has not answered and nobody else took, newest first."""
    alerts = session.scalars(
        select(Alert)
        .where(Alert.person_id == person_id, Alert.kind == "step", Alert.at > now - RINGS_FOR, Alert.incident_id.is_not(None))
        .order_by(Alert.id.desc())
    )
    newest: dict[int, Alert] = {}
    for alert in alerts:
        newest.setdefault(alert.incident_id or 0, alert)
    found = [_open(session, incident_id, alert) for incident_id, alert in newest.items()]
    return [each for each in found if each]


def _open(session: Session, incident_id: int, alert: Alert) -> Ringing | None:
    incident = open_case(session, incident_id)
    current: Round | None = incident.rounds[-1] if incident.rounds else None
    if current is None or current.id != alert.round_id or closure_in_force(incident) or owner_id(incident) is not None:
        return None
    if refused_by(session, current.id, alert.person_id):
        return None
    return Ringing(alert.id, incident_id, current.urgency)


def _end(session: Session, person_id: int, now: datetime) -> None:
    session.execute(update(Bedside).where(Bedside.person_id == person_id, Bedside.ended_at.is_(None)).values(ended_at=now))


def _own(session: Session, person_id: int, device_id: int | None) -> int | None:
    device = session.get(Device, device_id) if device_id else None
    return device.id if device and device.person_id == person_id else None
