"""Who is calling: a bearer token belongs to one organisation."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa import links
from webcare_pwa.models.organisation import ApiToken


def token_of(session: Session, header: str) -> ApiToken | None:
    """The token in an Authorization header, when it is known and not revoked."""
    scheme, _, secret = header.strip().partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        return None
    digest = links.digest(secret.strip())
    token = session.scalars(select(ApiToken).where(ApiToken.token_hash == digest)).one_or_none()
    if token is None or token.revoked_at is not None or not links.same(token.token_hash, digest):
        return None
    return token
