"""What is proven of a contact method: derived from its deliveries, never stored. Sent is not arrived: only the tapped link,
the typed code or the pressed key prove that it reaches its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.models.live_contacts import live_contacts

WAIT = timedelta(minutes=5)  # so long the screen waits for the answer to a test


@dataclass(frozen=True)
class ContactProof:
    """A contact method and what its messages told. `newest` has its alert loaded."""

    method: ContactMethod
    failed: bool  # the provider says it never works like this; a new test that is taken mends it
    newest: Delivery | None
    proven_at: datetime | None

    def state(self, now: datetime) -> str:
        """failed | waiting (a test is under way) | proven | unproven"""
        if self.failed:
            return "failed"
        test = self.newest if self.newest and self.newest.alert.kind == "test" else None
        if test and not test.opened_at and test.outcome in (None, "accepted") and now - test.created_at < WAIT:
            return "waiting"
        return "proven" if self.proven_at else "unproven"


def contact_proofs(session: Session, person_id: int) -> list[ContactProof]:
    """All contact methods of a person that were not removed, in the order in which they are tried."""
    live = live_contacts(session, [person_id]).get(person_id, [])
    return [_proof(session, method, failed=method not in live) for method in listed(session, person_id)]


def contact_proof(session: Session, method: ContactMethod) -> ContactProof:
    """What is proven of one contact method."""
    return _proof(session, method, failed=method not in live_contacts(session, [method.person_id])[method.person_id])


def listed(session: Session, person_id: int) -> list[ContactMethod]:
    """A person's contact methods that were not removed, in order."""
    mine = select(ContactMethod).where(ContactMethod.person_id == person_id, ContactMethod.removed_at.is_(None))
    return list(session.scalars(mine.order_by(ContactMethod.position, ContactMethod.id)))


def _proof(session: Session, method: ContactMethod, *, failed: bool) -> ContactProof:
    own = Delivery.contact_method_id == method.id
    newest = select(Delivery).where(own).order_by(Delivery.id.desc()).limit(1).options(selectinload(Delivery.alert))
    return ContactProof(
        method=method, failed=failed, newest=session.scalars(newest).one_or_none(),
        proven_at=session.scalar(select(func.max(Delivery.opened_at)).where(own)),
    )
