"""After a backup was put back: nothing from before it is sent by itself, a person is told, and resumes case by case.

Hours may lie between the backup and its return: a page would be about a case that somebody took long ago, a mail would reach a
tenant for the second time.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.errors import NotPossibleNow
from webcare_pwa.house import House
from webcare_pwa.models import organisation as organisations_
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.audit import Heartbeat, record
from webcare_pwa.models.guard import Restore
from webcare_pwa.models.incident import Incident, Round
from webcare_pwa.models.reply import Mail
from webcare_pwa.models.restores import held_incidents
from webcare_pwa.rules.paging import URGENT
from webcare_pwa.steps import alerting, escalation, triage, urgency
from webcare_pwa.steps.reach import Reach

HELD = "held"
REASON = "restored"
WHY = "back-up teruggezet"
BATCH = 100


def put_back(session: Session, *, now: datetime, house: House) -> Restore:
    """Judge what had no verdict yet, hold everything that is unsent, and tell the coordinators of each organisation.

    The row says from when on rounds count again; the heartbeats of before are of processes of before.
    """
    _judge_all(session, now, house)
    for table in (Delivery, Mail):
        session.execute(
            update(table).where(table.outcome.is_(None))
            .values(outcome=HELD, outcome_at=now, detail=WHY, claimed_by=None, claimed_until=None)
            .execution_options(synchronize_session=False)
        )
    row = Restore(at=now)
    session.add(row)
    for beat in session.scalars(select(Heartbeat)):
        session.delete(beat)
    session.flush()
    session.expire_all()
    record(session, "restore", "restore", row.id, now=now)
    waiting = {each.id: len(urgent_held(session, frozenset({each.id}))) for each in organisations_.every(session)}
    for organisation_id in sorted(waiting, key=lambda each: -waiting[each]):  # who coordinates two hears the worse one
        alerting.alarm(session, organisation_id, note_of(waiting[organisation_id]), key=f"restore:{row.id}", now=now)
    logs.hop("restore.done", restore_id=row.id)
    return row


def note_of(waiting: int) -> str:
    """The sentence for alarm and screen."""
    if not waiting:
        return "Er is een back-up teruggezet"
    which = "1 open storing wordt" if waiting == 1 else f"{waiting} open storingen worden"
    return f"Er is een back-up teruggezet: {which} niet opgeroepen"


def urgent_held(session: Session, organisations: frozenset[int]) -> dict[int, str]:
    """The urgent ones of the incidents that are held, with their urgency."""
    levels = urgency.of_incidents(session, held_incidents(session, organisations))
    return {each: level for each, level in levels.items() if level in URGENT}


def resume(session: Session, incident_id: int, *, by: int, now: datetime, house: House) -> Round | None:
    """Call people about it anew. Once it was resumed, a repeat changes nothing."""
    incident = session.get_one(Incident, incident_id)
    level = urgent_held(session, frozenset({incident.organisation_id})).get(incident_id)
    if level is None:
        raise NotPossibleNow("Dit incident wordt niet tegengehouden. Kijk hoe het er nu voor staat.")
    row = escalation.start_round(session, incident, REASON, level, reach=Reach(session, now), house=house)
    record(session, "resume", "incident", incident_id, now=now, by=by, organisation_id=incident.organisation_id)
    return row


def see(session: Session, *, by: int, now: datetime) -> None:
    """Somebody went through the list: the red bar goes, what is held stays held."""
    unseen = select(Restore).where(Restore.seen_at.is_(None)).with_for_update()
    for row in session.scalars(unseen):
        row.seen_at = now
        record(session, "see_restore", "restore", row.id, now=now, by=by)


def _judge_all(session: Session, now: datetime, house: House) -> None:
    """What waited for its verdict would otherwise be opened, and paged, by the first worker."""
    failed, taken = frozenset[int](), BATCH
    while taken == BATCH:
        taken, more = triage.take_up_waiting(session, now=now, house=house, limit=BATCH, skip=failed)
        failed |= more
