"""The incidents a screen asks for, each as a `Situation`: one, all that are open, the recent ones. Always within the given
organisations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.errors import NotFound
from webcare_pwa.models import case_rows
from webcare_pwa.models.in_force import is_open
from webcare_pwa.models.incident import Closure, Incident
from webcare_pwa.models.situation import Situation, derive
from webcare_pwa.rules.rulebook import Rulebook
from webcare_pwa.rules.urgency import RANK


def load(
    session: Session, incident_id: int, organisations: frozenset[int], *, now: datetime, rulebook: Rulebook
) -> Situation:
    """One incident, if it belongs to one of the organisations. Raises `NotFound`."""
    found = _situations(session, [incident_id], organisations, now, rulebook)
    if not found:
        raise NotFound()
    return found[0]


def some(
    session: Session, ids: list[int], organisations: frozenset[int], *, now: datetime, rulebook: Rulebook
) -> list[Situation]:
    """Those of these incidents that belong to the organisations, in the order of `ids`."""
    return _situations(session, ids, organisations, now, rulebook)


def open_incidents(
    session: Session, organisations: frozenset[int], *, now: datetime, rulebook: Rulebook
) -> list[Situation]:
    """All that is not closed, worst first, then oldest first."""
    ids = session.scalars(
        select(Incident.id).where(Incident.organisation_id.in_(organisations), is_open())
    )
    found = _situations(session, list(ids), organisations, now, rulebook)
    return sorted(found, key=lambda each: (-RANK[each.urgency], each.incident.opened_at, each.incident.id))


def recent(
    session: Session, organisations: frozenset[int], *, since: datetime, now: datetime, rulebook: Rulebook
) -> list[Situation]:
    """Opened or closed since that moment, or still open; newest first."""
    ids = session.scalars(
        select(Incident.id)
        .where(
            Incident.organisation_id.in_(organisations),
            is_open() | (Incident.opened_at >= since) | Incident.closures.any(Closure.at >= since),
        )
        .order_by(Incident.id.desc())
    )
    return _situations(session, list(ids), organisations, now, rulebook)


def _situations(
    session: Session, ids: list[int], organisations: frozenset[int], now: datetime, rulebook: Rulebook
) -> list[Situation]:
    return [derive(rows, now, rulebook) for rows in case_rows.load(session, ids, organisations)]
