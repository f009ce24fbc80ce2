"""API tokens: made for one organisation, shown once, kept as a hash, revoked at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa import links
from webcare_pwa.errors import Invalid, NotFound
from webcare_pwa.models import audit
from webcare_pwa.models.organisation import ApiToken

LONGEST_NAME = 80


def create(
    session: Session, organisation_id: int, name: str, *, organisations: frozenset[int], by: int | None, now: datetime
) -> tuple[ApiToken, str]:
    """Make a token for one of the organisations; returns the row and the secret, which is not stored."""
    if organisation_id not in organisations:
        raise NotFound()
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid("Geef de sleutel een naam.", {"name": f"Vul een naam in van hoogstens {LONGEST_NAME} tekens."})
    secret = links.new_token()
    token = ApiToken(organisation_id=organisation_id, name=name, token_hash=links.digest(secret), created_at=now)
    session.add(token)
    session.flush()
    audit.record(session, "token_made", "api_token", token.id, now=now, by=by, organisation_id=organisation_id)
    return token, secret


def revoke(session: Session, token_id: int, *, organisations: frozenset[int], by: int, now: datetime) -> None:
    """From now on it opens nothing. Revoking twice is harmless."""
    token = session.get(ApiToken, token_id)
    if token is None or token.organisation_id not in organisations:
        raise NotFound()
    if token.revoked_at is None:
        token.revoked_at = now
        audit.record(session, "token_revoked", "api_token", token.id, now=now, by=by, organisation_id=token.organisation_id)
