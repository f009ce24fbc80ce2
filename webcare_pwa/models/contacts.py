"""Whom to call for an incident: contacts of the complex before those of the organisation, the right trade first."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webcare_pwa.models.dwelling import Contact


def contacts_for(session: Session, organisation_id: int, complex_id: int | None, group: str) -> list[Contact]:
    """Contacts of this category group (or of every group), in the order to call them."""
    found = session.scalars(
        select(Contact).where(
            Contact.organisation_id == organisation_id, Contact.group.in_((group, "")),
            or_(Contact.complex_id.is_(None), Contact.complex_id == complex_id),
        )
    )
    return sorted(found, key=lambda each: (each.complex_id is None, each.group == "", each.position, each.id))
