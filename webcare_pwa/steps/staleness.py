"""Which pages need not go out any more. Asked for a whole batch at once, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.attached import covered_of
from webcare_pwa.models.device import Device
from webcare_pwa.models.incident import Acknowledgement, Closure, Reopening, Round
from webcare_pwa.models.rehearsal import of_alerts
from webcare_pwa.models.transfer import TransferAnswer
from webcare_pwa.steps.acted import reminders_answered


def reasons(session: Session, rows: Sequence[Delivery]) -> dict[int, str]:
    """Delivery id -> why it is superseded; the others are still worth sending. A row's alert and contact
    method must be loaded."""
    if not rows:
        return {}
    incidents = {row.alert.incident_id for row in rows if row.alert.incident_id}
    taken = set(session.scalars(select(Acknowledgement.round_id).where(Acknowledgement.incident_id.in_(incidents))))
    newest_round = dict(session.execute(
        select(Round.incident_id, func.max(Round.id)).where(Round.incident_id.in_(incidents)).group_by(Round.incident_id)
    ).all())
    closed = _closed(session, incidents)
    newer = _newest_page(session, rows, incidents)
    answered = _answered(session, rows)
    needless = _needless(session, rows) | reminders_answered(session, rows)
    needless |= _under(session, rows, incidents)
    found = {}
    for row in rows:
        alert = row.alert
        if alert.kind == "step" and alert.round_id in taken:
            found[row.id] = "aangenomen"
        elif alert.kind in ("step", "reminder") and newest_round.get(alert.incident_id or 0) != alert.round_id:
            found[row.id] = "nieuwe ronde"
        elif alert.incident_id in closed and alert.kind != "alarm":
            found[row.id] = "gesloten"
        elif alert.key in answered:
            found[row.id] = "beantwoord"
        elif alert.kind == "step" and newer.get((row.device_id, row.contact_method_id, alert.incident_id), 0) > row.id:
            found[row.id] = "herhaald"
        elif row.id in needless:
            found[row.id] = needless[row.id]
    return found


def _under(session: Session, rows: Sequence[Delivery], incidents: set[int]) -> dict[int, str]:
    """Those of incidents that are worked on under another one."""
    covered = covered_of(session, incidents)
    return {row.id: "samengevoegd" for row in rows if row.alert.kind == "step" and row.alert.incident_id in covered}


def _closed(session: Session, incidents: set[int]) -> set[int]:
    last_closed = session.execute(
        select(Closure.incident_id, func.max(Closure.at)).where(Closure.incident_id.in_(incidents))
        .group_by(Closure.incident_id)
    ).all()
    reopened = dict(session.execute(
        select(Reopening.incident_id, func.max(Reopening.at)).where(Reopening.incident_id.in_(incidents))
        .group_by(Reopening.incident_id)
    ).all())
    return {incident for incident, at in last_closed if incident not in reopened or reopened[incident] < at}


def _newest_page(
    session: Session, rows: Sequence[Delivery], incidents: set[int]
) -> dict[tuple[int | None, int | None, int | None], int]:
    """Per device or contact method and incident: the newest page that is not still waiting for its moment."""
    devices, methods = {row.device_id for row in rows}, {row.contact_method_id for row in rows}
    address = (Delivery.device_id, Delivery.contact_method_id, Alert.incident_id)
    query = (
        select(*address, func.max(Delivery.id))
        .join(Alert, Alert.id == Delivery.alert_id)
        .where(Alert.incident_id.in_(incidents), Alert.kind == "step", Delivery.due_at <= max(row.due_at for row in rows),
               or_(Delivery.device_id.in_(devices), Delivery.contact_method_id.in_(methods)))
        .group_by(*address)
    )
    return {(device, method, incident): newest for device, method, incident, newest in session.execute(query)}


def _needless(session: Session, rows: Sequence[Delivery]) -> dict[int, str]:
    """Rehearsals that were confirmed; messages by a contact method that the phone made needless, or whose contact was taken
    away."""
    confirmed = _confirmed(session, rows)
    shown = _shown(session, rows)
    found = {row.id: "bevestigd" for row in rows if row.alert_id in confirmed}
    found |= {row.id: "getoond" for row in rows if row.contact_method_id is not None and row.alert_id in shown}
    return found | {row.id: "weggehaald" for row in rows if row.contact_method and row.contact_method.removed_at}


def _shown(session: Session, rows: Sequence[Delivery]) -> set[int]:
    """Alerts that a waking device showed, so that the other contacts need not follow; never those of a noodgeval."""
    alerts = {row.alert_id for row in rows if row.contact_method_id is not None}
    if not alerts:
        return set()
    query = (
        select(Delivery.alert_id)
        .join(Device, Device.id == Delivery.device_id)
        .join(Alert, Alert.id == Delivery.alert_id)
        .outerjoin(Round, Round.id == Alert.round_id)
        .where(Delivery.alert_id.in_(alerts), Delivery.shown_at.is_not(None), Device.waking,
               func.coalesce(Round.urgency, "") != "noodgeval")
    )
    return set(session.scalars(query))


def _confirmed(session: Session, rows: Sequence[Delivery]) -> set[int]:
    """Rehearsals whose person confirmed, or took an incident, since they were written."""
    asked = {row.alert_id for row in rows if row.alert.kind in ("rehearsal", "sound")}
    return {each.row.alert_id for each in of_alerts(session, asked) if each.proven_at} if asked else set()


def _answered(session: Session, rows: Sequence[Delivery]) -> set[str]:
    asked = {
        int(row.alert.key.split(":")[1]): row.alert.key for row in rows if row.alert.kind == "transfer"
    }
    if not asked:
        return set()
    done = session.scalars(select(TransferAnswer.transfer_id).where(TransferAnswer.transfer_id.in_(asked)))
    return {asked[each] for each in done}
