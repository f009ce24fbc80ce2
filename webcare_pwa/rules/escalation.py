"""When the next step of an escalation is due. Pure: a policy and what was done go in, the next step comes out.

The policy is a list of steps with `after_seconds` from the start of the round. A step that was refused or found nobody pulls
all later steps forward. The last step may repeat for ever. Only an acknowledgement stops it (the caller looks at that).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_LINE, BACKUP, DAY_LINE, COORDINATOR, POOL = "first_line", "backup", "day_line", "coordinator", "pool"
PAGED, EMPTY, NOT_NEEDED = "paged", "empty", "not_needed"

LATE_AFTER = timedelta(seconds=30)  # a step this late means we stood still: clocks restart instead of racing to catch up
POOL_AT_ONCE_AFTER = timedelta(minutes=2)  # a noodgeval that stood still this long goes to the pool at once


@dataclass(frozen=True)
class Step:
    """One step of a policy. `via` and `unless` as in the escalation table of the fault category data."""

    after_seconds: int
    who: str
    via: str = ""
    unless: str = ""
    repeat_every_seconds: int | None = None


@dataclass(frozen=True)
class Done:
    """A step that was carried out: which, for the how-manieth time, when it was due, whom it reached."""

    position: int
    repeat: int
    who: str
    due_at: datetime
    outcome: str
    people: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Next:
    """The step to carry out, and since when it is due."""

    position: int
    repeat: int
    step: Step
    due_at: datetime


DEFAULT_POLICY: dict[str, tuple[Step, ...]] = {
    "noodgeval": (
        Step(0, FIRST_LINE, "all_devices_and_all_contacts"),
        Step(60, FIRST_LINE, "repeat"),
        Step(120, BACKUP),
        Step(300, COORDINATOR),
        Step(480, POOL, repeat_every_seconds=300),
    ),
    "spoed": (
        Step(0, FIRST_LINE, "all_devices"),
        Step(30, FIRST_LINE, "next_contact", unless="shown_on_waking_device"),
        Step(120, FIRST_LINE, "repeat"),
        Step(240, FIRST_LINE, "repeat"),
        Step(300, BACKUP),
        Step(600, COORDINATOR),
        Step(900, POOL, repeat_every_seconds=600),
    ),
}
