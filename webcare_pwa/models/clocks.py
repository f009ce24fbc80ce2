"""The clocks of a case: until when it must be acknowledged, answered and visited, and when that was done."""

from __future__ import annotations

from datetime import datetime, timedelta

from webcare_pwa.models.case_rows import CaseRows
from webcare_pwa.models.in_force import acknowledgements_in_force
from webcare_pwa.models.incident import Incident, Round
from webcare_pwa.models.reply import Reply
from webcare_pwa.rules.deadlines import Deadline, deadlines
from webcare_pwa.rules.escalation import BACKUP
from webcare_pwa.rules.rulebook import UrgencyInfo
from webcare_pwa.rules.unfinished import CONTINUES

ON_SITE = frozenset({"made_safe_recorded", "repair_reported_done", "inspection_recorded"})


def clocks(rows: CaseRows, urgency: UrgencyInfo) -> tuple[Deadline, ...]:
    """The clocks of the urgency. A round about work in hand is a new call, but the tenant waits as long as he did."""
    incident = rows.incident
    taken = acknowledgements_in_force(incident)
    current = incident.rounds[-1] if incident.rounds else None
    return deadlines(
        urgency, case_started_at(incident), called_at=current.started_at if current else incident.opened_at,
        backup_after=_backup_after(current, rows.backup_after.get(urgency.id)), acknowledged_at=taken[0].at if taken else None,
        answered_at=_first_human_answer(rows.replies), on_site_at=on_site_at(incident),
    )


def _backup_after(current: Round | None, desk: timedelta | None) -> timedelta | None:
    """By the steps that the round keeps, else by the desk's."""
    if current is None or current.policy is None:
        return desk
    return next((timedelta(seconds=each["after_seconds"]) for each in current.policy if each["who"] == BACKUP), None)


def _first_human_answer(replies: list[Reply]) -> datetime | None:
    """A call that nobody answered told the tenant nothing."""
    times = [reply.at for reply in replies if reply.kind != "automatic" and reply.template != "no_answer"]
    return times[0] if times else None


def case_started_at(incident: Incident) -> datetime:
    """From when the tenant waits: the newest round that is not about work in hand, else the opening."""
    rounds = [each.started_at for each in incident.rounds if each.reason not in CONTINUES]
    return rounds[-1] if rounds else incident.opened_at


def on_site_at(incident: Incident) -> datetime | None:
    """When somebody was there. Progress must be loaded."""
    times = [each.at for each in incident.progress if each.kind in ON_SITE]
    return times[0] if times else None
