"""Where everything hangs on push: lines on which nobody, now or next, has another contact."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.models import plan as plans
from webcare_pwa.models.live_contacts import live_contacts
from webcare_pwa.rules.escalation import BACKUP, DAY_LINE, FIRST_LINE
from webcare_pwa.rules.rota import shifts_between

LINES = (FIRST_LINE, BACKUP, DAY_LINE)
AHEAD = timedelta(days=28)


def push_only(session: Session, desk_id: int, now: datetime) -> list[str]:
    """Codes of those lines, in the order in which they are called. A line that nobody has is a gap, not this."""
    plan = plans.rota_plan(session, desk_id, (now, now + AHEAD))
    people: dict[str, list[int]] = {}
    for line in (each for each in LINES if each in plan.lines):
        on = [shift.person_id for shift in shifts_between(plan, line, now, now + AHEAD) if shift.person_id is not None]
        people[line] = list(dict.fromkeys(on))[:2]
    having = live_contacts(session, {person for his in people.values() for person in his}).keys()
    return [line for line, on in people.items() if on and not having & set(on)]
