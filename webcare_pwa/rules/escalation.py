"""When the next step of an escalation is due. Pure: a policy and what was done go in, the next step comes out.

The policy is a list of steps with `after_seconds` from the start of the round. A step that was refused or found nobody pulls
all later steps forward. The last step may repeat for ever. Only an acknowledgement stops it (the caller looks at that).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FIRST_LINE, BACKUP, DAY_LINE, COORDINATOR, POOL = "first_line", "backup", "day_line", "coordinator", "pool"
PAGED, EMPTY, NOT_NEEDED = "paged", "empty", "not_needed"
LEFT_TO_CONTACTS = "next_contact"  # `via` of a step that calls nobody itself: the contacts follow a page by themselves

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
    """The step to carry out, and since when it is due. `planned_at` differs from it only after a standstill."""

    position: int
    repeat: int
    step: Step
    due_at: datetime
    planned_at: datetime


def next_step(
    policy: tuple[Step, ...],
    started_at: datetime,
    history: tuple[Done, ...],
    refusals: dict[int, datetime],
    now: datetime,
    *,
    emergency: bool,
) -> Next | None:
    """The first step that is not done yet, with the moment it is due (which may lie ahead), or None after the last.

    `history` is in the order it happened; `refusals` maps a person id to when he refused in this round. When the step is
    overdue by more than `LATE_AFTER`, it is due now instead, so that what follows keeps its distance; an emergency that
    stood still longer than `POOL_AT_ONCE_AFTER` goes to the pool at once. When the clock was set back it is due now too.
    """
    if not policy:
        return None
    planned = _planned(policy, started_at, history, refusals)
    if planned and is_ahead(history[-1].due_at if history else started_at, now):
        return replace(planned, due_at=now, planned_at=now)
    if planned is None or now - planned.due_at <= LATE_AFTER:
        return planned
    if emergency and now - planned.due_at > POOL_AT_ONCE_AFTER and planned.position < len(policy) - 1:
        return Next(len(policy) - 1, 0, policy[-1], now, planned.due_at)
    return replace(planned, due_at=now)


def is_ahead(at: datetime, now: datetime) -> bool:
    """Does something that was done lie ahead? Then the clock was set back, and nobody may wait until it is there again."""
    return at - now > LATE_AFTER


def _planned(
    policy: tuple[Step, ...], started_at: datetime, history: tuple[Done, ...], refusals: dict[int, datetime]
) -> Next | None:
    if not history:
        return _at(0, 0, policy[0], started_at + timedelta(seconds=policy[0].after_seconds))
    last = history[-1]
    step = policy[min(last.position, len(policy) - 1)]  # a policy made shorter meanwhile stays at its last step
    if step.repeat_every_seconds:
        due_at = last.due_at + timedelta(seconds=step.repeat_every_seconds)
        return _at(last.position, last.repeat + 1, step, due_at)
    given_up_at = _given_up_at(last, history, refusals)
    position = last.position + 1
    while given_up_at and position < len(policy) and policy[position].who == last.who:
        position += 1
    if position >= len(policy):
        return None
    distance = timedelta(seconds=policy[position].after_seconds - step.after_seconds)
    return _at(position, 0, policy[position], given_up_at or last.due_at + distance)


def _at(position: int, repeat: int, step: Step, due_at: datetime) -> Next:
    return Next(position, repeat, step, due_at, due_at)


def _given_up_at(last: Done, history: tuple[Done, ...], refusals: dict[int, datetime]) -> datetime | None:
    """When it became clear that nobody of the last step will come: at once when it was empty, else at the last refusal."""
    if last.outcome == EMPTY:
        return last.due_at
    people = frozenset[int]().union(*(done.people for done in history if done.who == last.who))
    if people and people <= refusals.keys():
        return max(last.due_at, *(refusals[person] for person in people))
    return None
