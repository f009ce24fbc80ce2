"""Is an escalation safe enough to be kept? Pure.

The bounds follow from what the product promises (design, promise 11): before the tenant is told that nobody answered
(`TELL_TENANT_AFTER`), everybody of the desk was called; before that a second kind of people; and it never ends in silence.
Inside the bounds a desk may choose. The defaults of `rules/default_policy.py` lie well inside them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta

from webcare_pwa.rules.escalation import BACKUP, COORDINATOR, FIRST_LINE, LEFT_TO_CONTACTS, POOL, Step
from webcare_pwa.rules.paging import TELL_TENANT_AFTER

CALLED = (FIRST_LINE, BACKUP, COORDINATOR, POOL)  # what may be chosen; office hours put the day line in by themselves
URGENCIES = ("noodgeval", "spoed")
MOST_STEPS = 12
SECOND_WITHIN = {"noodgeval": timedelta(minutes=5), "spoed": timedelta(minutes=15)}
AGAIN_WITHIN = {"noodgeval": timedelta(minutes=5), "spoed": timedelta(minutes=15)}
AGAIN_NOT_BEFORE = timedelta(minutes=1)  # the pool is everybody: quicker is noise, and a page needs a moment to be answered


@dataclass(frozen=True)
class Fault:
    """What is wrong: a code of WORDS["policy_fault"], the step it is about (None: the whole), and the bound in minutes."""

    code: str
    position: int | None = None
    minutes: int | None = None


def acting(policy: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps that call somebody. One that is left to the contacts only says what `rules/contact_times.py` does anyway."""
    return tuple(step for step in policy if step.via != LEFT_TO_CONTACTS)


def faults(urgency: str, policy: tuple[Step, ...]) -> list[Fault]:
    """Everything that makes a policy unsafe, in the order of its steps; empty when it may be kept."""
    if not policy:
        return [Fault("empty")]
    found = [*_of_steps(policy), *_of_last(urgency, policy[-1], len(policy) - 1)]
    if len(policy) > MOST_STEPS:
        found.append(Fault("too_many"))
    if len({step.who for step in policy if _within(step, SECOND_WITHIN[urgency])}) < 2:
        found.append(Fault("second_late", minutes=_minutes(SECOND_WITHIN[urgency])))
    return found


def written(urgency: str, policy: tuple[Step, ...]) -> tuple[Step, ...]:
    """The same steps with the words that older rows carry too: the first by all means at once, then what repeats a step."""
    opens = "all_devices_and_all_contacts" if urgency == "noodgeval" else "all_devices"
    before = [{step.who for step in policy[:place]} for place in range(len(policy))]
    return tuple(
        replace(step, via="repeat" if step.who in before[place] and step.who != POOL else "" if place else opens, unless="")
        for place, step in enumerate(policy)
    )


def version(policy: tuple[Step, ...]) -> str:
    """Changes with every change: a form made for an older one must not undo a colleague's."""
    told = [(step.after_seconds, step.who, step.repeat_every_seconds) for step in acting(policy)]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _of_steps(policy: tuple[Step, ...]) -> list[Fault]:
    found = [] if policy[0].after_seconds == 0 else [Fault("not_at_once", 0)]
    for place, step in enumerate(policy):
        is_last = place == len(policy) - 1
        if step.who not in CALLED:
            found.append(Fault("who", place))
        if place and step.after_seconds < policy[place - 1].after_seconds:
            found.append(Fault("descends", place))
        if step.who == POOL and not is_last:
            found.append(Fault("pool_early", place))
        if step.repeat_every_seconds is not None and not is_last:
            found.append(Fault("repeats_early", place))
    return found


def _of_last(urgency: str, last: Step, place: int) -> list[Fault]:
    if last.who != POOL or not last.repeat_every_seconds:
        return [Fault("silence", place)]
    found, again = [], timedelta(seconds=last.repeat_every_seconds)
    if not _within(last, TELL_TENANT_AFTER[urgency]):
        found.append(Fault("pool_late", place, _minutes(TELL_TENANT_AFTER[urgency])))
    if again > AGAIN_WITHIN[urgency]:
        found.append(Fault("again_late", place, _minutes(AGAIN_WITHIN[urgency])))
    if again < AGAIN_NOT_BEFORE:
        found.append(Fault("again_early", place, _minutes(AGAIN_NOT_BEFORE)))
    return found


def _within(step: Step, bound: timedelta) -> bool:
    return timedelta(seconds=step.after_seconds) <= bound


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)
