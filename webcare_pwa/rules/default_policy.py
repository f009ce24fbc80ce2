"""The escalation a new desk starts with: who is called after how many seconds, per urgency. Later it is the desk's own."""

from __future__ import annotations

from webcare_pwa.rules.escalation import BACKUP, COORDINATOR, FIRST_LINE, POOL, Step

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


