"""When people worked on incidents, as the rows tell: acts of a person, and the calls that came before them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, select, union_all
from sqlalchemy.orm import Session

from webcare_pwa.models.alert import Alert
from webcare_pwa.models.incident import Acknowledgement, Closure
from webcare_pwa.models.progress import Progress
from webcare_pwa.models.reply import Reply
from webcare_pwa.models.transfer import Transfer, TransferAnswer


class Worked(NamedTuple):
    """A person did something to an incident at a moment."""

    person_id: int
    incident_id: int
    at: datetime


def acts_between(session: Session, people: Collection[int], start: datetime, end: datetime) -> list[Worked]:
    """Taken, acted upon, answered, accepted from a colleague, closed, in [start, end), in order of time."""
    query: CompoundSelect[Any] = union_all(
        *(
            select(table.person_id, table.incident_id, table.at).where(
                table.person_id.in_(people), table.at >= start, table.at < end)
            for table in (Acknowledgement, Progress, Reply, Closure)
        ),
        select(Transfer.to_id, Transfer.incident_id, TransferAnswer.at).join(TransferAnswer).where(
            Transfer.to_id.in_(people), TransferAnswer.answer == "accepted",
            TransferAnswer.at >= start, TransferAnswer.at < end),
    )
    return sorted((Worked(*row) for row in session.execute(query)), key=lambda each: each.at)


def calls_between(
    session: Session, people: Collection[int], start: datetime, end: datetime
) -> dict[tuple[int, int], list[datetime]]:
    """By person and incident, when he was paged in [start, end), in order."""
    query = select(Alert.person_id, Alert.incident_id, Alert.at).where(
        Alert.person_id.in_(people), Alert.incident_id.is_not(None), Alert.at >= start, Alert.at < end)
    found: dict[tuple[int, int], list[datetime]] = defaultdict(list)
    for person_id, incident_id, at in session.execute(query.order_by(Alert.at)):
        if incident_id is not None:
            found[person_id, incident_id].append(at)
    return found
