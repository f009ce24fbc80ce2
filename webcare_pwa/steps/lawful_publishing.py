"""Publishing a rota with the law in view: an error blocks it, unless a reason is given and logged."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.models import plan as plans
from webcare_pwa.models.publication import Publication
from webcare_pwa.rules.law.person import Span
from webcare_pwa.steps import lawful, lawfulness, publishing


def publish(session: Session, desk_id: int, *, days: int, reason: str, by: int, now: datetime) -> Publication:
    """`publishing.publish`; raises `lawful.Unlawful` when the rota of those days breaks a rule for somebody of the desk and
    `reason` is no code of `lawful.REASONS`."""
    start = now.replace(second=0, microsecond=0)
    people = plans.people_allowed(session, desk_id)
    found = lawfulness.breaches(session, people, Span(start, start + timedelta(days=days)), now=now)
    broken = [(person_id, breach) for person_id in sorted(found) for breach in found[person_id]]
    lawful.allow(session, broken, None, ("desk", desk_id), reason=reason, by=by, now=now)
    return publishing.publish(session, desk_id, days=days, by=by, now=now)
