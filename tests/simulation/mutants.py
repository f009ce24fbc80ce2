"""Faults put into the product, one at a time and in the simulation only, to prove that it would find them.

Each is what a tired programmer could write, and passes through most nights unseen: that is why there are two hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import update
from sqlalchemy.orm import Session

from webcare_pwa import worker
from webcare_pwa.models.alert import Delivery
from webcare_pwa.rules.escalation import EMPTY, Done, Next, next_step
from webcare_pwa.rules.rotation import RotationPlan
from webcare_pwa.steps import delivery, escalation

NIGHTS = 200  # within so many it must be found
A_TICK = timedelta(seconds=worker.TICK)


@dataclass(frozen=True)
class Mutant:
    """`put_in` makes the fault for as long as its context lasts; `found_by` is how the violation that it must lead to begins,
    as a regular expression; `seeds` are nights that found it once, tried first."""

    put_in: Callable[[], AbstractContextManager[object]]
    found_by: str
    seeds: tuple[int, ...] = ()


@contextmanager
def _settle_before_send() -> Iterator[None]:
    """A page counts as accepted in the transaction that claims it. Who dies before it has left, or hears 503, loses it."""
    with (patch.object(delivery, "claim", _settling(delivery.claim)),
          patch.object(delivery, "claim_contacts", _settling(delivery.claim_contacts))):
        yield


def _settling(claim: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    def claim_and_settle(session: Session, *, now: datetime, **more: Any) -> list[Any]:
        jobs = claim(session, now=now, **more)
        ids = [job.delivery_id for job in jobs]
        session.execute(update(Delivery).where(Delivery.id.in_(ids)).values(outcome="accepted", outcome_at=now))
        return jobs

    return claim_and_settle


def _endless_lease() -> AbstractContextManager[object]:
    """What a dead or frozen worker had in hand stays its own."""
    return patch.object(worker, "LEASE", timedelta(days=36_500))


def _refusals_ignored() -> AbstractContextManager[object]:
    """"Kan niet" is written down, and the next one is called no sooner for it."""
    def deaf(policy: Any, started_at: datetime, done: Any, refusals: Any, now: datetime, *, emergency: bool) -> Next | None:
        return next_step(policy, started_at, done, {}, now, emergency=emergency)

    return patch.object(escalation, "next_step", deaf)


def _empty_step_late() -> AbstractContextManager[object]:
    """A step that found nobody is followed by the next one a tick later, not in the same."""
    def slow(policy: Any, started_at: datetime, done: tuple[Done, ...], refusals: Any, now: datetime, *,
             emergency: bool) -> Next | None:
        step = next_step(policy, started_at, done, refusals, now, emergency=emergency)
        if step is None or not done or done[-1].outcome != EMPTY:
            return step
        return replace(step, due_at=step.due_at + A_TICK)

    return patch.object(escalation, "next_step", slow)


def _day_of_24_hours() -> AbstractContextManager[object]:
    """The next hand-off is reckoned in hours from the first, not by the calendar: an hour off in the other half of the year."""
    def turn_starts(plan: RotationPlan, turn: int) -> datetime:
        return plan.first_handoff + timedelta(hours=24 * plan.length * turn)

    return patch.object(RotationPlan, "turn_starts", turn_starts)


MUTANTS = {
    "settle_before_send": Mutant(_settle_before_send, r"page \d+ counts as accepted, but no service ever took it", (0,)),
    "endless_lease": Mutant(_endless_lease, r"page \d+ is held by nobody for", (7,)),
    "refusals_ignored": Mutant(_refusals_ignored, r"late: step \d+ of round", (6,)),
    "empty_step_late": Mutant(_empty_step_late, r"step \d+ of round \d+ waited after one that found nobody", (1,)),
    "day_of_24_hours": Mutant(
        _day_of_24_hours, r"person \d+ called \(step\) for incident \d+, who is not (first_line|backup)", (2,)),
}


def put_in(name: str | None) -> AbstractContextManager[object]:
    """The fault of that name; None: the product as it is."""
    return MUTANTS[name].put_in() if name else nullcontext()
