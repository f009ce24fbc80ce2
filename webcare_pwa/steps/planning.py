"""Changing the rota by hand: moving a stretch, withdrawing that. The past is never rewritten."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.errors import Invalid, NotFound, NotPossibleNow
from webcare_pwa.models import audit
from webcare_pwa.models import plan as plans
from webcare_pwa.models.rota import Override
from webcare_pwa.rules.wall_time import wall

LONGEST = timedelta(days=14)  # on the wall clock, so a clock change does not shorten two weeks
FARTHEST = timedelta(days=730)


def move_shift(
    session: Session, line_id: int, person_id: int, starts_at: datetime, ends_at: datetime, *, by: int, now: datetime
) -> Override:
    """Give [starts_at, ends_at) of a line to a person; what lies before `now` stays as it was.

    The same again changes nothing. Raises `Invalid` with the fields person, starts_at and ends_at.
    """
    line = plans.line_of(session, line_id)
    starts_at = max(starts_at, now.replace(second=0, microsecond=0))
    mistakes = stretch_mistakes(starts_at, ends_at, now)
    if person_id not in plans.people_allowed(session, line.desk_id):
        mistakes["person"] = "Deze persoon mag geen dienst doen voor elke corporatie van deze dienstgroep."
    if mistakes:
        raise Invalid("De dienst is niet verplaatst. Kijk de velden na.", mistakes)
    newest = plans.overrides_of(session, frozenset({line_id}), (starts_at, ends_at))[-1:]
    for same in newest:
        if (same.person_id, same.starts_at, same.ends_at) == (person_id, starts_at, ends_at):
            return same
    override = Override(
        line_id=line_id, person_id=person_id, starts_at=starts_at, ends_at=ends_at, created_by_id=by, created_at=now
    )
    session.add(override)
    session.flush()
    audit.record(
        session, "rota.moved", "override", override.id, now=now, by=by,
        line=line_id, person=person_id, starts_at=starts_at.isoformat(), ends_at=ends_at.isoformat(),
    )  # fmt: skip
    return override


def withdraw(session: Session, override_id: int, *, by: int, now: datetime) -> Override:
    """Undo a move from `now` on: not begun, it counts no more; begun, it ends now. Again: nothing happens."""
    override = session.get(Override, override_id)
    if override is None:
        raise NotFound()
    if override.withdrawn_at is not None:
        return override
    minute = now.replace(second=0, microsecond=0)
    if override.ends_at <= minute:
        raise NotPossibleNow("Deze verplaatsing is al voorbij. U kunt hem niet meer intrekken.")
    if override.starts_at < minute:
        override.ends_at = minute
    else:
        override.withdrawn_at = now
    audit.record(session, "rota.withdrawn", "override", override.id, now=now, by=by)
    return override


def stretch_mistakes(starts_at: datetime, ends_at: datetime, now: datetime) -> dict[str, str]:
    """What is wrong with a stretch, by field."""
    mistakes = {}
    if starts_at.second or starts_at.microsecond:
        mistakes["starts_at"] = "Vul een tijd in hele minuten in."
    if starts_at - now > FARTHEST:
        mistakes["starts_at"] = "Dit ligt te ver weg. Kies een datum binnen twee jaar."
    if ends_at.second or ends_at.microsecond:
        mistakes["ends_at"] = "Vul een tijd in hele minuten in."
    elif ends_at <= now:
        mistakes["ends_at"] = "Deze tijd is al voorbij."
    elif ends_at <= starts_at:
        mistakes["ends_at"] = "Het einde moet na het begin liggen."
    elif wall(ends_at).replace(tzinfo=None) - wall(starts_at).replace(tzinfo=None) > LONGEST:
        mistakes["ends_at"] = "Dit is langer dan 14 dagen. Maak er twee stukken van."
    return mistakes
