"""Which contact methods of a person still work, and which were proven. The one answer for paging, gaps and screens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import Session

from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.models.live_devices import wakeable

FAILED_FOR_GOOD = ("gone", "refused")


def live_contacts(session: Session, person_ids: Collection[int]) -> dict[int, list[ContactMethod]]:
    """Per person, in the order to try them, those not removed and whose newest settled delivery did not fail for good."""
    found: dict[int, list[ContactMethod]] = defaultdict(list)
    for method, outcome in session.execute(_with_outcome(), {"people": list(person_ids)}):
        if outcome not in FAILED_FOR_GOOD:
            found[method.person_id].append(method)
    return found


@cache  # asked for every step of every round: to build it costs more than to run it
def _with_outcome() -> Select[ContactMethod, str | None]:
    newest = (
        select(Delivery.outcome)
        .where(Delivery.contact_method_id == ContactMethod.id, Delivery.outcome.is_not(None),
               Delivery.outcome.not_in(("superseded", "held")))
        .order_by(Delivery.id.desc())
        .limit(1)
        .correlate(ContactMethod)
        .scalar_subquery()
    )
    people: BindParameter[int] = bindparam("people", expanding=True)
    query = select(ContactMethod, newest).where(ContactMethod.person_id.in_(people), ContactMethod.removed_at.is_(None))
    return query.order_by(ContactMethod.position, ContactMethod.id)


def proven(session: Session, methods: Collection[ContactMethod]) -> frozenset[int]:
    """Ids of the methods by which the person ever answered: link tapped, code typed, key pressed."""
    ids = [method.id for method in methods]
    if not ids:
        return frozenset()
    answered = select(Delivery.contact_method_id).where(
        Delivery.contact_method_id.in_(ids), Delivery.opened_at.is_not(None)
    )
    return frozenset(each for each in session.scalars(answered) if each is not None)


def with_proven_contact(session: Session, person_ids: Collection[int]) -> frozenset[int]:
    """Who of them has a live contact method that was proven."""
    live = live_contacts(session, person_ids)
    sure = proven(session, [method for methods in live.values() for method in methods])
    return frozenset(person for person, methods in live.items() if any(method.id in sure for method in methods))


def reachable(session: Session, person_ids: Collection[int]) -> frozenset[int]:
    """Who of them can be woken: a live device that can wake him, or a proven contact (design, section 1)."""
    return wakeable(session, person_ids) | with_proven_contact(session, person_ids)
