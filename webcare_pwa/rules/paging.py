"""Which incidents wake somebody, and when. Pure."""

from __future__ import annotations

from datetime import timedelta

from webcare_pwa.rules.escalation import DAY_LINE, FIRST_LINE, Step

TELL_TENANT_AFTER = {"noodgeval": timedelta(minutes=10), "spoed": timedelta(minutes=30)}
DAY_UNTOUCHED_AFTER = timedelta(minutes=30)  # a spoed in office hours that nobody picked up
TRANSFER_RETURNS_AFTER = timedelta(minutes=5)
URGENT = frozenset({"spoed", "noodgeval"})


def wakes(urgency: str, *, office_open: bool) -> bool:
    """Does an incident of this urgency page now? In office hours only a noodgeval does; the rest waits in the day list."""
    return urgency == "noodgeval" or (urgency == "spoed" and not office_open)


def policy_for_hours(policy: tuple[Step, ...], *, office_open: bool) -> tuple[Step, ...]:
    """In office hours the day line takes the place of the first line."""
    if not office_open:
        return policy
    return tuple(
        Step(step.after_seconds, DAY_LINE if step.who == FIRST_LINE else step.who, step.via, step.unless,
             step.repeat_every_seconds)
        for step in policy
    )


def receipt_template(urgency: str, *, office_open: bool) -> str:
    """Which automatic receipt the tenant gets (the `when` lines of the automatic texts)."""
    if urgency == "noodgeval" or (urgency == "spoed" and not office_open):
        return "auto_ontvangst_spoed"
    if urgency == "werkdag" and not office_open:
        return "auto_ontvangst_werkdag"
    return "auto_ontvangst_dag"
