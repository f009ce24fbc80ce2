"""Who is on call now: from what is worked out and stored, when that holds, else worked out on the spot. Both are the same
function, `rules/rota.py`: the stored stretches are its answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa.models.plan import rota_plan
from webcare_pwa.models.publication import stored
from webcare_pwa.rules.rota import on_call_at


def on_call(session: Session, desk_id: int, at: datetime) -> dict[str, int | None]:
    """The person of each line of a desk at a moment, or None."""
    found = stored(session, desk_id, at)
    if found is None:
        plan = rota_plan(session, desk_id, (at, at))
        found = {line: on_call_at(plan, line, at) for line in plan.lines}
    return found
