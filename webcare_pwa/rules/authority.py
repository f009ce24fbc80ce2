"""Who may let whom in, shut whom out, and give which roles. Pure.

The danger it guards against is borrowing rights: whoever holds another's access link *is* that person. So a link is
only shown to somebody who already plans in every organisation of that person, and an administrator's never to a
coordinator.
"""

from __future__ import annotations

from collections.abc import Iterable

from webcare_pwa.rules.access import ADMINISTRATOR, PLANNERS, ROLES
from webcare_pwa.rules.viewer import Viewer

Roles = frozenset[tuple[int, str]]  # (organisation id, role)


def shares_organisation(actor: Viewer, roles: Roles) -> bool:
    """Does the actor plan in one of the other's organisations?"""
    return bool(actor.organisations(PLANNERS) & {organisation for organisation, _ in roles})


def may_send_link(actor: Viewer, roles: Roles) -> bool:
    """May he have an access link made, to be mailed to the person himself?"""
    administered = {organisation for organisation, role in roles if role == ADMINISTRATOR}
    return shares_organisation(actor, roles) and administered <= actor.organisations(frozenset({ADMINISTRATOR}))


def covers(actor: Viewer, roles: Roles) -> bool:
    """Does he plan in *every* organisation of the other, and administer where the other does?

    Then he may see the access link, and may shut the person out of everything.
    """
    everywhere = {organisation for organisation, _ in roles} <= actor.organisations(PLANNERS)
    return everywhere and may_send_link(actor, roles)


def wanted_roles(actor: Viewer, chosen: Iterable[str]) -> Roles:
    """Roles ticked on a form as "3:duty", as far as the actor administers the organisation; all else is ignored."""
    administered = actor.organisations(frozenset({ADMINISTRATOR}))
    pairs = (each.partition(":") for each in chosen)
    return frozenset(
        (int(number), role)
        for number, _, role in pairs
        if number.isascii() and number.isdigit() and int(number) in administered and role in ROLES
    )
