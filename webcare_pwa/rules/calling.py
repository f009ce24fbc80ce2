"""When an unanswered telephone call is tried again. Pure."""

from __future__ import annotations

CALLS = 4  # for one delivery; the policy's own repeats come on top of it
# A second call of the same number within three minutes passes the silent mode of an iPhone ("herhaalde oproepen").
PAUSE = 20.0  # seconds
UNREACHED = frozenset({"busy", "no-answer", "failed", "canceled"})
ENDED = UNREACHED | {"completed"}
UNDER_WAY = frozenset({"queued", "initiated", "ringing", "in-progress"})


def again_after(status: str, calls: int, *, pressed: bool) -> float | None:
    """Seconds until the next call after one that ended like this; None when there is none.

    "completed" without a key is a voicemail or somebody who hung up half asleep: nobody took anything.
    """
    return PAUSE if status in ENDED and not pressed and calls < CALLS else None
