"""Whom a step of an escalation means, and who of them is called. For the paging itself and for its dry run alike."""

from __future__ import annotations

from webcare_pwa.rules.escalation import (
    BACKUP,
    DAY_LINE,
    EMPTY,
    FIRST_LINE,
    LEFT_TO_CONTACTS,
    NOT_NEEDED,
    PAGED,
    POOL,
    Step,
)
from webcare_pwa.steps.history import Past
from webcare_pwa.steps.reach import Reach


def called(who: str, first_id: int | None, organisation_id: int, past: Past, reach: Reach) -> list[int]:
    """Who of the step has a live device or contact and did not refuse; at the pool step refusers are called again."""
    people = meant(who, first_id, organisation_id, past, reach)
    wanted = people if who == POOL else [person for person in people if person not in past.refused]
    return [person for person in wanted if person in reach.devices(wanted) or person in reach.contacts(wanted)]


def meant(who: str, first_id: int | None, organisation_id: int, past: Past, reach: Reach) -> list[int]:
    """Whom the step means. Who is asked first (if a call can wake him) takes the first line's place, and the first line that
    of a backup who was asked first himself (by name, or while the first line was not confirmed) or who is nobody. Who was
    asked already is not waited for a second time."""
    first = first_id if first_id is not None and reach.can_wake([first_id]) else None
    if first is not None and who in (FIRST_LINE, DAY_LINE):
        return [first]
    people = reach.people(organisation_id, who)
    asked = {first} | {person for done in past.done if done.who == FIRST_LINE for person in done.people}
    if who == BACKUP and asked.issuperset(people):
        return [person for person in reach.people(organisation_id, FIRST_LINE) if person not in asked]
    return people


def outcome(step: Step, people: list[int], reach: Reach) -> str:
    """What becomes of a step that calls these people: a step that can wake nobody is empty, and the next follows at once."""
    if step.via == LEFT_TO_CONTACTS:
        return NOT_NEEDED
    return PAGED if reach.can_wake(people) else EMPTY
