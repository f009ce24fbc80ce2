"""Taking incidents together as one outage, by a tap or because three agree, and apart again.

An attached incident keeps its rows: it is worked on under its head (`models/attached.py`), and stands by itself as soon as the
attachment is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.errors import NotFound, NotPossibleNow
from webcare_pwa.house import House
from webcare_pwa.models import alike, attached
from webcare_pwa.models.audit import record
from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.models.in_force import acknowledgements_in_force, closure_in_force, worst_verdict
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.outage import Attachment, Detachment
from webcare_pwa.models.situation import Situation
from webcare_pwa.rules import grouping, paging
from webcare_pwa.rules.grouping import Like
from webcare_pwa.steps import escalation
from webcare_pwa.steps.case import open_case
from webcare_pwa.steps.reach import Reach


def proposals(session: Session, situation: Situation, *, house: House) -> list[Like]:
    """Other open incidents that look like the same outage and are not taken together with this one yet."""
    if situation.complex is None or not situation.is_open:
        return []
    those = _those(session, situation.organisation.id, situation.complex.id, situation.category,
                   situation.incident.opened_at, house)
    own = next((each for each in those if each.id == situation.incident.id), None)
    if own is None:
        return []
    mine = own.head_id or own.id
    return [each for each in those if grouping.alike(own, each) and (each.head_id or each.id) != mine]


def group(session: Session, incident: Incident, dwelling_id: int | None, category: str, *, now: datetime, house: House) -> bool:
    """At take-up: when three agree they are one outage from now on, those before included. Tells whether the new one is worked
    on under another."""
    home = session.get(Dwelling, dwelling_id) if dwelling_id else None
    if home is None or home.complex_id is None or home.organisation_id != incident.organisation_id:
        return False
    session.flush()
    those = _those(session, incident.organisation_id, home.complex_id, category, now, house)
    new = next((each for each in those if each.id == incident.id), None)
    if new is None:
        return False
    head, members = grouping.to_attach(new, those)
    _attach(session, members, head, by=None, now=now)
    return incident.id in members and attached.is_covered(session, incident.id)


def join(session: Session, incident_id: int, other_id: int, *, by: int, now: datetime) -> int:
    """These two belong together; returns the head. What was attached to either comes along. Raises `NotPossibleNow` when one
    is closed."""
    first, second = sorted((_head_of(session, incident_id), _head_of(session, other_id)))
    if first == second:
        return first
    cases = [open_case(session, each) for each in (first, second)]
    if cases[0].organisation_id != cases[1].organisation_id:
        raise NotFound()
    if any(closure_in_force(each) for each in cases):
        raise NotPossibleNow("Een van de twee is al gesloten. Ze blijven apart.")
    likes = [_like(session, each) for each in cases]
    head = grouping.leader(likes).id
    moved = second if head == first else first
    for each in attached.attached_to(session, moved):
        _take_back(session, each, by=None, now=now)
        _attach(session, [each], head, by=by, now=now)
    _attach(session, [moved], head, by=by, now=now)
    record(session, "attach", "incident", head, now=now, by=by, organisation_id=cases[0].organisation_id, attached=moved)
    return head


def detach(session: Session, incident_id: int, *, by: int, now: datetime, house: House) -> None:
    """It is something else after all: it stands by itself again, and people are called when it is urgent and nobody's. Taken
    back already: nothing changes."""
    incident = open_case(session, incident_id)
    if not _take_back(session, incident_id, by=by, now=now):
        return
    record(session, "detach", "incident", incident_id, now=now, by=by, organisation_id=incident.organisation_id)
    if closure_in_force(incident) or (incident.rounds and acknowledgements_in_force(incident)):
        return
    reach, level = Reach(session, now), worst_verdict(incident.reports).urgency
    if paging.wakes(level, office_open=reach.office_open(incident.organisation_id)):
        escalation.start_round(session, incident, "detached", level, reach=reach, house=house)


def _those(
    session: Session, organisation_id: int, complex_id: int, category: str, around: datetime, house: House
) -> list[Like]:
    categories = house.rulebook.categories
    own = categories[category].group
    alikes = [each.id for each in categories.values() if each.group == own]
    return alike.in_complex(session, organisation_id, complex_id, own, alikes, around)


def _head_of(session: Session, incident_id: int) -> int:
    return attached.heads(session, [incident_id]).get(incident_id, incident_id)


def _like(session: Session, incident: Incident) -> Like:
    return Like(
        incident.id, None, "", incident.opened_at, worst_verdict(incident.reports).urgency,
        owned=bool(acknowledgements_in_force(incident)), leads=bool(attached.attached_to(session, incident.id)),
    )


def _attach(session: Session, incident_ids: Iterable[int], head: int, *, by: int | None, now: datetime) -> None:
    for each in incident_ids:
        session.add(Attachment(incident_id=each, into_id=head, person_id=by, at=now,
                               client_token=f"{head}:{int(now.timestamp() * 1000)}"))
        logs.hop("incident.attached", incident_id=each, head_id=head, person_id=by)
    session.flush()


def _take_back(session: Session, incident_id: int, *, by: int | None, now: datetime) -> bool:
    row = attached.attachment_of(session, incident_id)
    if row is None:
        return False
    session.add(Detachment(attachment_id=row.id, person_id=by, at=now))
    session.flush()
    logs.hop("incident.detached", incident_id=incident_id, head_id=row.into_id, person_id=by)
    return True
