"""The stage of an incident, from what was recorded on it. Pure: rows and the time in, one word out.

The newest row that says something about the work decides: a contractor after a missing part means that he comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

NEW, ACCEPTED, DISPATCHED, WAITING, DONE = "new", "accepted", "dispatched", "waiting", "done"

_STAGE_OF = {
    "staff_dispatched": DISPATCHED,
    "contractor_accepted": DISPATCHED,
    "contractor_eta_recorded": DISPATCHED,
    "contractor_no_access_recorded": DISPATCHED,  # somebody stood at the door: the promise was kept
    "temporary_repair_ordered": DISPATCHED,
    "inspection_recorded": DISPATCHED,
    "part_recorded": WAITING,
    "made_safe_recorded": DONE,
    "repair_reported_done": DONE,
}
_COMING = frozenset({"staff_dispatched", "contractor_called", "contractor_accepted", "contractor_eta_recorded"})


def stage(
    progress: Sequence[tuple[str, datetime | None]], acknowledged: bool, closed: bool, now: datetime
) -> str:
    """new | accepted | dispatched | waiting | done.

    `progress` is (kind, promised_at) pairs, oldest first; leave out what was recorded before a reopening.
    A promised time that has passed means waiting, unless something newer says otherwise.
    """
    if closed:
        return DONE
    for kind, promised_at in reversed(progress):
        if kind in _COMING and promised_at is not None:
            return DISPATCHED if now < promised_at else WAITING
        if kind in _STAGE_OF:
            return _STAGE_OF[kind]
    return ACCEPTED if acknowledged else NEW
