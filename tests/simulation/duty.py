"""Who is on duty and when, told from the rows in the plainest way; see `oracle.py`. Of the product only its office hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from tests.simulation.facts import Facts
from webcare_pwa.clock import AMSTERDAM
from webcare_pwa.rules import hours


def office_open(facts: Facts, organisation_id: int, at: datetime) -> bool:
    return hours.is_open(office_hours(facts, organisation_id), at)


def office_hours(facts: Facts, organisation_id: int) -> hours.Hours:
    return {each.weekday: (each.opens, each.closes) for each in facts.of("office_hours", "organisation_id", organisation_id)}


def on_call(facts: Facts, line: str, at: datetime) -> int | None:
    """The last stretch given by hand, else whose week it is; nobody when he may not."""
    line_id = next(each.id for each in facts["lines"].values() if each.code == line)
    person = None
    for rotation in facts.of("rotations", "line_id", line_id):
        members = sorted(facts.of("rotation_members", "rotation_id", rotation.id), key=lambda each: each.position)
        turn = _turns(rotation.starts_on, rotation.handoff_time, rotation.weeks, at)
        if turn is not None and members:
            person = members[turn % len(members)].person_id
    for row in facts.of("overrides", "line_id", line_id):
        if row.withdrawn_at is None and row.starts_at <= at < row.ends_at:
            person = row.person_id
    return person if person in pool(facts) else None


@lru_cache(maxsize=100_000)
def _turns(first: date, handoff: time, weeks: int, at: datetime) -> int | None:
    """How many hand-offs lie behind us, by the calendar; None before the first."""
    done = -1
    day = first
    while datetime.combine(day, handoff, AMSTERDAM).astimezone(UTC) <= at:
        done, day = done + 1, day + timedelta(days=7 * weeks)
    return done if done >= 0 else None


def pool(facts: Facts) -> set[int]:
    """Everybody with the duty role in all organisations."""
    served = {each.organisation_id for each in facts["office_hours"].values()}
    return {
        person.id for person in facts["people"].values() if person.disabled_at is None
        and served <= {each.organisation_id for each in facts.of("roles", "person_id", person.id) if each.role == "duty"}
    }


def coordinators(facts: Facts, organisation_id: int) -> set[int]:
    return {each.person_id for each in facts.of("roles", "organisation_id", organisation_id) if each.role == "coordinator"}
