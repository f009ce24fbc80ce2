"""When the workers have something to do next: what must be done by then (`overdue`), and when time alone may bring something
about (`wakeups`). The simulation jumps to these moments and to the events of people and services."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from tests.simulation import oracle
from tests.simulation.facts import Facts, Row
from webcare_pwa.clock import AMSTERDAM
from webcare_pwa.rules import hours

Due = tuple[datetime, str]
OPEN_WITHIN = {"noodgeval": timedelta(minutes=3), "spoed": timedelta(minutes=10)}
TELL_AFTER = {"noodgeval": timedelta(minutes=10), "spoed": timedelta(minutes=30)}
TRANSFER_RETURNS = timedelta(minutes=5)
DAY_UNTOUCHED = timedelta(minutes=30)
QUIET, AFTER_PROMISE, AFTER_REMINDER = timedelta(minutes=30), timedelta(minutes=10), timedelta(minutes=5)
WALL = (time(7, 30), time(8), time(8, 30), time(17))


def moments(facts: Facts, now: datetime) -> Iterator[Due]:
    """Everything of which the worker must have done its part at that moment, but for what is in a worker's hands."""
    yield from steps(facts, now)
    yield from rounds(facts, now)
    yield from returns(facts)
    yield from unopened(facts, now)
    yield from told(facts)


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
                closes = hours.next_closing(oracle.office_hours(facts, incident.organisation_id), now)
                if closes:
                    yield closes, f"a round for incident {incident.id} at closing time"


def returns(facts: Facts) -> Iterator[Due]:
    """Transfers that nobody answers."""
    for row in facts["transfers"].values():
        if not facts.of("transfer_answers", "transfer_id", row.id):
            yield row.at + TRANSFER_RETURNS, f"transfer {row.id} comes back"


def unopened(facts: Facts, now: datetime) -> Iterator[Due]:
    """A new round for what was taken half asleep."""
    for incident in facts["incidents"].values():
        taken = oracle.acknowledgements(facts, incident.id)
        if not taken or not oracle.newest_round(facts, incident.id) or oracle.is_closed(facts, incident.id):
            continue
        level = oracle.urgency(facts, incident.id)
        if level in OPEN_WITHIN and not was_looked_at(facts, incident, taken[0]):
            due = taken[0].at + OPEN_WITHIN[level]
            if oracle.wakes(facts, incident.id, max(now, due)):
                yield due, f"incident {incident.id} was taken but not opened"


def told(facts: Facts) -> Iterator[Due]:
    """The tenant is told that nobody came."""
    for row in oracle.running(facts):
        replies = facts.of("replies", "incident_id", row.incident_id)
        if not any(each.template == "auto_niemand_aangenomen" for each in replies):
            yield row.started_at + TELL_AFTER[row.urgency], f"telling the tenant of incident {row.incident_id}"


def was_looked_at(facts: Facts, incident: Row, taken: Row) -> bool:
    """Did its owner do or see anything since he took it?"""
    person = oracle.owner(facts, incident.id)
    acts = [*_acts(facts, incident), *(each.at for each in facts.of("acknowledgements", "incident_id", incident.id))]
    if (taken.via == "screen" and taken.person_id == person) or any(at > taken.at for at in acts):
        return True
    round_ = oracle.newest_round(facts, incident.id)
    since = round_.started_at if round_ else incident.opened_at
    alerts = [each for each in facts.of("alerts", "incident_id", incident.id) if each.person_id == person]
    pages = (page for alert in alerts for page in facts.of("deliveries", "alert_id", alert.id))
    return any(page.opened_at and page.opened_at >= since for page in pages) or any(
        each.person_id == person and each.at >= since for each in facts.of("openings", "incident_id", incident.id))


def _acts(facts: Facts, incident: Row) -> list[datetime]:
    """When people did something about it, acknowledging aside."""
    transfers = facts.of("transfers", "incident_id", incident.id)
    reports = facts.of("incident_reports", "incident_id", incident.id)
    rows = [*facts.of("progress", "incident_id", incident.id), *transfers]
    rows += [answer for each in transfers for answer in facts.of("transfer_answers", "transfer_id", each.id)]
    rows += [each for each in facts.of("replies", "incident_id", incident.id) if each.kind != "automatic"]
    rows += [each for link in reports for each in facts.of("verdicts", "report_id", link.report_id) if each.by_id]
    return [each.at for each in rows]


def last_act(facts: Facts, incident: Row) -> datetime | None:
    """The newest act of a person."""
    acts = [*_acts(facts, incident), *(each.at for each in facts.of("acknowledgements", "incident_id", incident.id))]
    return max(acts, default=None)


def wakeups(facts: Facts, now: datetime) -> Iterator[datetime]:
    """Moments at which time may bring about something more."""
    for incident in facts["incidents"].values():
        yield incident.opened_at + DAY_UNTOUCHED
        act = last_act(facts, incident)
        if act and not oracle.is_closed(facts, incident.id):
            yield act + QUIET
            for row in facts.of("progress", "incident_id", incident.id):
                if row.promised_at:
                    yield row.promised_at + AFTER_PROMISE
            for alert in facts.of("alerts", "incident_id", incident.id):
                if alert.kind == "reminder":
                    yield alert.at + AFTER_REMINDER
    today = now.astimezone(AMSTERDAM).date()
    for day in (today, today + timedelta(days=1)):
        yield from (datetime.combine(day, each, AMSTERDAM).astimezone(UTC) for each in WALL)


def _is_untouched(facts: Facts, incident: Row) -> bool:
    return not (
        facts.of("rounds", "incident_id", incident.id) or facts.of("acknowledgements", "incident_id", incident.id)
        or oracle.is_closed(facts, incident.id)
    )
