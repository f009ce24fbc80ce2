"""A person's own contacts beside push: adding, ordering, removing, testing. Everybody touches his own only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webcare_pwa import links, logs
from webcare_pwa.errors import Invalid, NotFound
from webcare_pwa.labels import WORDS
from webcare_pwa.models import audit
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.models.contact_proof import listed
from webcare_pwa.rules import contact_kinds

CODE_LIVES = timedelta(hours=1)
WRONG_CODE = "Deze code hoort niet bij een bericht van het laatste uur. Stuur een nieuw testbericht."


def add(
    session: Session, person_id: int, kind: str, typed: Mapping[str, str], *, offered: Collection[str], now: datetime
) -> ContactMethod:
    """Put a contact at the end of the person's list. The same one again is the one that is there. `offered`: the kinds that
    this installation can send to. Raises `Invalid` with a sentence per field."""
    if kind not in offered:
        raise NotFound()
    found = contact_kinds.check(kind, typed)
    if found.wrong:
        raise Invalid("Kijk dit nog even na.", {name: WORDS["contact_wrong"][name] for name in found.wrong})
    mine = listed(session, person_id)
    same = [each for each in mine if (each.kind, each.address, each.values) == (kind, found.address, found.values)]
    if same:
        return same[0]
    if len(mine) >= contact_kinds.MOST:
        raise Invalid(f"U heeft er al {contact_kinds.MOST}. Haal er eerst een weg.")
    method = ContactMethod(
        person_id=person_id, position=max((each.position for each in mine), default=-1) + 1, kind=kind,
        address=found.address, values=dict(found.values or {}), created_at=now,
    )
    session.add(method)
    session.flush()
    audit.record(session, "contact.added", "contact_method", method.id, now=now, by=person_id)
    return method


def move(session: Session, method_id: int, *, by: int, earlier: bool) -> None:
    """One place up or down; at the end of the list it stays."""
    method, mine = owned(session, method_id, by), listed(session, by)
    place = mine.index(method)
    other = place + (-1 if earlier else 1)
    if 0 <= other < len(mine):
        mine[place], mine[other] = mine[other], mine[place]
    for position, each in enumerate(mine):
        each.position = position


def remove(session: Session, method_id: int, *, by: int, now: datetime) -> None:
    """Use it no more. The row stays, as messages refer to it. Removing twice is harmless."""
    method = _own(session, method_id, by)
    if method.removed_at is None:
        method.removed_at = now
        audit.record(session, "contact.removed", "contact_method", method.id, now=now, by=by)


def owned(session: Session, method_id: int, person_id: int) -> ContactMethod:
    """His own contact, not removed. Raises `NotFound`."""
    method = _own(session, method_id, person_id)
    if method.removed_at is not None:
        raise NotFound()
    return method


def prove_by_code(session: Session, method_id: int, code: str, *, by: int, secret_key: str, now: datetime) -> None:
    """The four digits of a message of the last hour prove that it came. Raises `Invalid` for any others."""
    method = owned(session, method_id, by)
    typed = "".join(sign for sign in code if sign.isascii() and sign.isdigit())
    matching = [
        row for row in _recent(session, method.id, now)
        if links.same(typed, links.contact_code(secret_key, row.id, method.id))
    ]
    if not matching:
        raise Invalid(WRONG_CODE, {"code": WRONG_CODE})
    prove(matching[0], now=now)


def message(session: Session, delivery_id: int, method_id: int) -> Delivery | None:
    """The message a link speaks of, with its alert, while that contact is still its owner's."""
    row = session.scalars(
        select(Delivery)
        .where(Delivery.id == delivery_id, Delivery.contact_method_id == method_id)
        .options(selectinload(Delivery.alert), selectinload(Delivery.contact_method))
    ).one_or_none()
    if row is None or row.contact_method is None or row.contact_method.removed_at is not None:
        return None
    return row if row.contact_method.person_id == row.alert.person_id else None


def prove(row: Delivery, *, now: datetime) -> None:
    """The person answered this message. The first answer counts."""
    if row.opened_at is None:
        row.received_at, row.opened_at = row.received_at or now, now
        logs.hop("delivery.receipt", delivery_id=row.id, kind="opened")


def _recent(session: Session, method_id: int, now: datetime) -> list[Delivery]:
    return list(session.scalars(
        select(Delivery)
        .where(Delivery.contact_method_id == method_id, Delivery.created_at > now - CODE_LIVES, Delivery.attempts > 0)
        .order_by(Delivery.id.desc())
    ))


def _own(session: Session, method_id: int, person_id: int) -> ContactMethod:
    method = session.get(ContactMethod, method_id)
    if method is None or method.person_id != person_id:
        raise NotFound()
    return method
