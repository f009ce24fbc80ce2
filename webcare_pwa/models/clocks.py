"""The clocks of a case: until when it must be acknowledged, answered and visited, and when that was done."""

from __future__ import annotations

from datetime import datetime

from webcare_pwa.models.case_rows import CaseRows
from webcare_pwa.models.in_force import acknowledgements_in_force
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.reply import Reply
from webcare_pwa.rules.deadlines import Deadline, deadlines
from webcare_pwa.rules.rulebook import UrgencyInfo


def clocks(rows: CaseRows, urgency: UrgencyInfo) -> tuple[Deadline, ...]:
    """The clocks of the urgency, from the start of the current round, else from the opening."""
    incident = rows.incident
    taken = acknowledgements_in_force(incident)
    return deadlines(
        urgency, incident.rounds[-1].started_at if incident.rounds else incident.opened_at,
        backup_after=rows.backup_after.get(urgency.id), acknowledged_at=taken[0].at if taken else None,
        answered_at=_first_human_answer(rows.replies), on_site_at=_on_site(incident),
    )


def _first_human_answer(replies: list[Reply]) -> datetime | None:
    """A call that nobody answered told the tenant nothing."""
    times = [reply.at for reply in replies if reply.kind != "automatic" and reply.template != "no_answer"]
    return times[0] if times else None


def _on_site(incident: Incident) -> datetime | None:
    done = ("made_safe_recorded", "repair_reported_done", "inspection_recorded")
    times = [each.at for each in incident.progress if each.kind in done]
    return times[0] if times else None
