"""Who is looking: what `rules/access.py` and the organisation walls decide on. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from webcare_pwa.rules.access import ROLES


@dataclass(frozen=True)
class Viewer:
    """Who is looking: a person and his roles, as (organisation id, role) pairs. Loaded once per request."""

    person_id: int
    name: str
    email: str
    roles: frozenset[tuple[int, str]]

    def organisations(self, allowed: frozenset[str] = frozenset(ROLES)) -> frozenset[int]:
        """Ids of the organisations in which he has one of the roles."""
        return frozenset(organisation for organisation, role in self.roles if role in allowed)

    def has(self, *wanted: str, organisation_id: int | None = None) -> bool:
        """Has he one of the roles (in that organisation, when given)?"""
        return any(
            role in wanted and organisation_id in (None, organisation) for organisation, role in self.roles
        )
