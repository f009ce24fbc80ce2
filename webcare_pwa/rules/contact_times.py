"""When a person's other contacts follow his push devices. Pure.

For each person paged: the first contact 30 seconds after the page unless it was shown on a waking device by then, each
further one 30 seconds after the last; for a noodgeval all at once; and when no device can wake him the first at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

APART = timedelta(seconds=30)


def due_times(at: datetime, number: int, *, emergency: bool, waking_device: bool) -> list[datetime]:
    """When each of `number` contacts, in their order, is due for a page written at `at`."""
    if emergency:
        return [at] * number
    wait = 1 if waking_device else 0
    return [at + APART * (place + wait) for place in range(number)]
