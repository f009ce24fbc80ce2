"""When the workers have something to do next: what must be done by then (`moments`), and when time alone may bring something
about (`wakeups`). The simulation jumps to these moments and to the events of people and services."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from tests.simulation import duty, oracle, work
from tests.simulation.facts import Facts, Row
from webcare_pwa.clock import AMSTERDAM
from webcare_pwa.rules import hours

Due = tuple[datetime, str]
TELL_AFTER = {"noodgeval": timedelta(minutes=10), "spoed": timedelta(minutes=30)}
TRANSFER_RETURNS = timedelta(minutes=5)
DAY_UNTOUCHED = timedelta(minutes=30)
WALL = (time(7, 30), time(8), time(8, 30), time(17), time(22), time(22, 30), time(22, 55))


def moments(facts: Facts, now: datetime) -> Iterator[Due]:
    """Everything of which the worker must have done its part at that moment, but for what is in a worker's hands."""
    yield from steps(facts, now)
    yield from rounds(facts, now)
    yield from returns(facts)
    yield from told(facts)
    yield from work.calls(facts, now)
    yield from work.shift_ends(facts, now)


def steps(facts: Facts, now: datetime) -> Iterator[Due]:
    """The next step of every round that runs."""
    for row in oracle.running(facts):
        step = oracle.next_step(facts, row, now)
        if step is not None:
            yield step[1], f"step {step[0]} of round {row.number} of incident {row.incident_id}"


def rounds(facts: Facts, now: datetime) -> Iterator[Due]:
    """A round for what is urgent and has none, as soon as it may wake somebody."""
    for incident in facts["incidents"].values():
        if _is_untouched(facts, incident) and oracle.urgency(facts, incident.id) in oracle.URGENT:
            if oracle.wakes(facts, incident.id, now):
                yield now, f"a round for incident {incident.id}"
            else:
                closes = hours.next_closing(duty.office_hours(facts, incident.organisation_id), now)
                if closes:
                    yield closes, f"a round for incident {incident.id} at closing time"


def returns(facts: Facts) -> Iterator[Due]:
    """Transfers that nobody answers."""
    for row in facts["transfers"].values():
        if not facts.of("transfer_answers", "transfer_id", row.id):
            yield row.at + TRANSFER_RETURNS, f"transfer {row.id} comes back"


def told(facts: Facts) -> Iterator[Due]:
    """The tenant is told that nobody came."""
    for row in oracle.running(facts):
        replies = facts.of("replies", "incident_id", row.incident_id)
        if not any(each.template == "auto_niemand_aangenomen" for each in replies):
            yield row.started_at + TELL_AFTER[row.urgency], f"telling the tenant of incident {row.incident_id}"


def wakeups(facts: Facts, now: datetime) -> Iterator[datetime]:
    """Moments at which time may bring about something more."""
    for incident in facts["incidents"].values():
        yield incident.opened_at + DAY_UNTOUCHED
    for row in facts["overrides"].values():
        yield from (row.starts_at, row.ends_at)
    today = now.astimezone(AMSTERDAM).date()
    handoffs = {each.handoff_time for each in facts["rotations"].values()}
    for day in (today, today + timedelta(days=1)):
        for each in sorted({*WALL, *handoffs}):
            yield datetime.combine(day, each, AMSTERDAM).astimezone(UTC)


def _is_untouched(facts: Facts, incident: Row) -> bool:
    return not (
        facts.of("rounds", "incident_id", incident.id) or facts.of("acknowledgements", "incident_id", incident.id)
        or oracle.is_closed(facts, incident.id)
    )
