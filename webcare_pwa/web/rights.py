"""What the viewer may do about one incident; the buttons on the screens follow it. The guard decides again at every request."""

from __future__ import annotations

from dataclasses import dataclass

from webcare_pwa.models.situation import Situation
from webcare_pwa.rules.access import CASE_WORKERS, CUSTOMER_SERVICE, ENDPOINTS
from webcare_pwa.rules.viewer import Viewer


@dataclass(frozen=True)
class Rights:
    """What the viewer may do in this incident's organisation. `works`: he may take it and record on it."""

    works: bool
    closes: bool
    replies: bool
    is_owner: bool
    receives: bool  # a transfer waits for his answer

    @property
    def may_take(self) -> bool:
        """May he take it when nobody has it?"""
        return self.works and not self.is_owner


def rights(who: Viewer, situation: Situation) -> Rights:
    """What somebody may do about an incident."""
    organisation_id = situation.organisation.id
    pending = situation.pending_transfer
    return Rights(
        works=who.has(*CASE_WORKERS, organisation_id=organisation_id),
        closes=who.has(*CASE_WORKERS, CUSTOMER_SERVICE, organisation_id=organisation_id),
        replies=who.has(*ENDPOINTS["replies.new"], organisation_id=organisation_id),
        is_owner=bool(situation.owner and situation.owner.id == who.person_id),
        receives=bool(pending and pending.to_id == who.person_id and situation.is_open),
    )
