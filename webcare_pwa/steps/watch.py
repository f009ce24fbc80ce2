"""What only time brings about: the turn at closing time, a spoed nobody picked up by day, a tenant who must be told that
nobody came. Each looks at rows and is harmless when repeated."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webcare_pwa.house import House
from webcare_pwa.models.in_force import is_open
from webcare_pwa.models.incident import Acknowledgement, Incident, Round
from webcare_pwa.models.plan import hours_of
from webcare_pwa.models.reply import Reply
from webcare_pwa.models.restores import after_restore
from webcare_pwa.models.running import running
from webcare_pwa.rules import hours, paging
from webcare_pwa.steps import alerting, escalation, urgency
from webcare_pwa.steps.reach import Reach
from webcare_pwa.steps.unreached import UNREACHED, tell_unreached

DAY_NOTE = "Een spoedmelding is na 30 minuten nog niet opgepakt"
TOLD_AT_ONCE = 10  # tenants in one transaction; the others a second later, so that no page waits for them
DAY_BACK = timedelta(days=4)  # a long Easter weekend


def start_waiting_rounds(session: Session, *, now: datetime, house: House) -> int:
    """Every open, unacknowledged urgent incident without a round gets one as soon as it may wake somebody: that is the turn
    at the minute the office closes. In office hours one that waits for half an hour alarms the coordinator. Returns how many
    rounds began."""
    reach, started = Reach(session, now), 0
    untouched = _untouched(session)
    levels = urgency.of_incidents(session, [incident.id for incident in untouched])
    for incident in untouched:
        level = levels[incident.id]
        open_now = reach.office_open(incident.organisation_id)
        if paging.wakes(level, office_open=open_now):
            closed_at = _closing_before(session, incident.organisation_id, now)
            escalation.start_round(session, incident, "closing_time", level, reach=reach, house=house,
                                   started_at=max(closed_at, incident.opened_at))
            started += 1
        elif level == "spoed" and now - incident.opened_at >= paging.DAY_UNTOUCHED_AFTER:
            alerting.alarm(session, incident.organisation_id, DAY_NOTE, key=f"day:{incident.id}", now=now,
                           incident_id=incident.id)
    return started


def tell_waiting_tenants(session: Session, *, now: datetime, house: House) -> None:
    """Tell the tenant, once, that nobody acknowledged yet: a noodgeval after 10 minutes, a spoed after 30."""
    late = [
        row.incident_id for row in running(session)
        if now - row.started_at >= paging.TELL_TENANT_AFTER.get(row.urgency, timedelta.max)
    ]
    if not late:
        return
    told = set(session.scalars(select(Reply.incident_id).where(Reply.incident_id.in_(late), Reply.template == UNREACHED)))
    levels = urgency.of_incidents(session, late)
    waiting = [each for each in late if each not in told and levels[each] in paging.URGENT]
    for incident_id in waiting[:TOLD_AT_ONCE]:
        tell_unreached(session, incident_id, now=now, house=house)


def _untouched(session: Session) -> list[Incident]:
    return list(session.scalars(_without_round()))


@cache  # as the worker asks it in each tick: to build it costs more than to run it
def _without_round() -> Select[Incident]:
    rounds = select(Round.id).where(Round.incident_id == Incident.id)
    taken = select(Acknowledgement.id).where(Acknowledgement.incident_id == Incident.id)
    return select(Incident).where(
        is_open(), ~rounds.exists(), ~taken.exists(), after_restore(Incident.opened_at)
    ).order_by(Incident.id)


def _closing_before(session: Session, organisation_id: int, now: datetime) -> datetime:
    """The last moment the office closed."""
    opened = hours.open_between(hours_of(session, organisation_id), now - DAY_BACK, now)
    return opened[-1][1] if opened else now - DAY_BACK
