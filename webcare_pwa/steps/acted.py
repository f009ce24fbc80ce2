"""Reminders that somebody made needless: he, or a colleague, did something about the incident since it was written."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.models.acts import acts_of
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.incident import Acknowledgement


def reminders_answered(session: Session, rows: Sequence[Delivery]) -> dict[int, str]:
    """Delivery id -> why a waiting reminder is not sent any more. A page that was opened is no act: nothing is noted yet."""
    reminders = [row for row in rows if row.alert.kind == "reminder" and row.alert.incident_id]
    if not reminders:
        return {}
    incidents = {row.alert.incident_id or 0 for row in reminders}
    newest = {incident: max(act.at for act in acts) for incident, acts in acts_of(session, incidents).items()}
    taken = select(Acknowledgement.incident_id, Acknowledgement.at).where(Acknowledgement.incident_id.in_(incidents))
    for incident, at in session.execute(taken):
        newest[incident] = max(newest.get(incident, at), at)
    return {
        row.id: "bijgewerkt" for row in reminders
        if newest.get(row.alert.incident_id or 0, row.alert.at) > row.alert.at
    }
