"""Access links: one-time links with which somebody chooses a password (invitation: 7 days, reset: an hour).

Only a hash is kept. Links live on the real clock: a moved demo clock must not lengthen them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webcare_pwa import links
from webcare_pwa.errors import NotPossibleNow
from webcare_pwa.models import audit
from webcare_pwa.models import person as people
from webcare_pwa.models.person import AccessLink, Person

LIFE = {"invite": timedelta(days=7), "reset": timedelta(hours=1)}
GONE = "Deze link werkt niet meer. Vraag een nieuwe."


def make(session: Session, person: Person, purpose: str, *, by: int | None, now: datetime, real_now: datetime) -> str:
    """Make a link for a person and return its secret, which is shown or mailed once and never stored."""
    token = links.new_token()
    session.add(
        AccessLink(
            person_id=person.id,
            purpose=purpose,
            token_hash=links.digest(token),
            created_by_id=by,
            created_at=real_now,
            expires_at=real_now + LIFE[purpose],
        )
    )
    audit.record(session, f"{purpose}_link", "person", person.id, now=now, by=by)
    return token


def find(session: Session, token: str, *, real_now: datetime) -> tuple[AccessLink, Person]:
    """The link and its person. Raises `NotPossibleNow` when it is used, expired, unknown, or the person is shut out."""
    link = session.scalars(
        select(AccessLink).where(
            AccessLink.token_hash == links.digest(token),
            AccessLink.used_at.is_(None),
            AccessLink.expires_at > real_now,
        )
    ).one_or_none()
    person = people.enabled(session, link.person_id) if link else None
    if link is None or person is None:
        raise NotPossibleNow(GONE)
    return link, person


def redeem(session: Session, token: str, password_hash: str, *, now: datetime, real_now: datetime) -> Person:
    """Use the link: sets the password, ends all other sessions, voids all other links of the person."""
    link, person = find(session, token, real_now=real_now)
    if not void_links(session, person.id, real_now=real_now, link_id=link.id):
        raise NotPossibleNow(GONE)  # somebody else was first, in this very second
    void_links(session, person.id, real_now=real_now)
    person.password_hash = password_hash
    person.session_version += 1
    audit.record(session, "password_set", "person", person.id, now=now, by=person.id)
    session.flush()
    return person


def void_links(session: Session, person_id: int, *, real_now: datetime, link_id: int | None = None) -> int:
    """Mark a person's unused links (or that one) as used; returns how many were still unused."""
    unused = update(AccessLink).where(AccessLink.person_id == person_id, AccessLink.used_at.is_(None))
    if link_id is not None:
        unused = unused.where(AccessLink.id == link_id)
    return session.execute(unused.values(used_at=real_now)).rowcount  # type: ignore[attr-defined, no-any-return]
