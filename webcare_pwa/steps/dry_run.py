"""The escalation played without calling anybody: who would be called at each step when nobody answers, and by what.

It walks the same rule (`next_step`) over the same answers (`whom`, `due_times`) as the paging does, from a moment that may lie
ahead. Devices and contacts are those of now: what will work then is not known. Reads only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa.models.plan import names_of
from webcare_pwa.rules import paging
from webcare_pwa.rules.contact_times import due_times
from webcare_pwa.rules.escalation import NOT_NEEDED, Done, Next, next_step
from webcare_pwa.steps import whom
from webcare_pwa.steps.broken import name_of
from webcare_pwa.steps.history import Past
from webcare_pwa.steps.reach import Reach

Contact = tuple[str, datetime]  # what it is called, and when it would follow


@dataclass(frozen=True)
class Called:
    """A person of a step. `devices`: (name, can it wake him) of his live ones. Both empty: nothing of his would ring."""

    name: str
    wakes: bool
    devices: list[tuple[str, bool]]
    contacts: list[Contact]


@dataclass(frozen=True)
class Played:
    """A step as it would go. `is_empty`: nobody would be woken by it, so that the next step comes at once."""

    step: Next
    is_empty: bool
    people: list[Called]


@dataclass(frozen=True)
class DryRun:
    """`waits`: the office is open then and this urgency waits in the list of the day team; the steps are empty."""

    waits: bool
    steps: list[Played]

    @property
    def empty(self) -> int:
        """How many steps would wake nobody."""
        return sum(1 for each in self.steps if each.is_empty)


def dry_run(session: Session, organisation_id: int, urgency: str, at: datetime) -> DryRun:
    """A case of this urgency at `at` that nobody takes, up to the first time that everybody is called."""
    reach = Reach(session, at)
    if not paging.wakes(urgency, office_open=reach.office_open(organisation_id)):
        return DryRun(True, [])
    policy = reach.policy(organisation_id, urgency)
    played: list[Played] = []
    past, now = Past(), at
    while not (played and played[-1].step.position == len(policy) - 1):
        hours = paging.policy_for_hours(policy, office_open=reach.office_open(organisation_id))
        step = next_step(hours, at, past.done, {}, now, emergency=urgency == "noodgeval")
        if step is None or step.repeat:
            break
        if step.due_at > now:
            now, reach = step.due_at, Reach(session, step.due_at)
            continue  # another moment: the office may be closed by then
        people = whom.called(step.step.who, None, organisation_id, past, reach)
        outcome = whom.outcome(step.step, people, reach)
        if outcome != NOT_NEEDED:
            meant = whom.meant(step.step.who, None, organisation_id, past, reach)
            played.append(Played(step, not reach.can_wake(people), _people(session, meant, urgency, reach)))
        done = Done(step.position, step.repeat, step.step.who, step.due_at, outcome, frozenset(people))
        past = Past((*past.done, done))
    return DryRun(False, played)


def _people(session: Session, person_ids: list[int], urgency: str, reach: Reach) -> list[Called]:
    names = names_of(session, person_ids)
    devices, contacts = reach.devices(person_ids), reach.contacts(person_ids)
    found = []
    for person in person_ids:
        his, methods = devices.get(person, []), contacts.get(person, [])
        times = due_times(
            reach.now, len(methods), emergency=urgency == "noodgeval", waking_device=any(each.waking for each in his)
        )
        found.append(Called(
            names[person], reach.can_wake([person]), [(each.name, each.waking) for each in his],
            [(name_of(method), due) for method, due in zip(methods, times, strict=True)],
        ))
    return found
