"""What people did about an incident that somebody took, and what must follow when they do not. Told from rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.simulation import duty, oracle
from tests.simulation.facts import Facts, Row
from webcare_pwa.rules import hours

OPEN_WITHIN = {"noodgeval": timedelta(minutes=3), "spoed": timedelta(minutes=10)}
QUIET, AFTER_PROMISE, AFTER_REMINDER = timedelta(minutes=30), timedelta(minutes=10), timedelta(minutes=5)
BY_CLOCK = "shift_end:"


@dataclass(frozen=True)
class Work:
    """An urgent incident that is in hand: `since` when its owner has it, `seen` whether he looked, `act_at` the newest act."""

    incident: Row
    round: Row
    owner: int
    urgency: str
    since: datetime
    seen: bool
    act_at: datetime


def in_hand(facts: Facts, now: datetime) -> Iterator[Work]:
    """All of it that may wake somebody now."""
    for incident in facts["incidents"].values():
        round_, person = oracle.newest_round(facts, incident.id), oracle.owner(facts, incident.id)
        if round_ and person and not oracle.is_closed(facts, incident.id) and oracle.wakes(facts, incident.id, now):
            yield _work(facts, incident, round_, person, now)


def _work(facts: Facts, incident: Row, round_: Row, person: int, now: datetime) -> Work:
    level = oracle.urgency(facts, incident.id)
    taken = [each.at for each in facts.of("acknowledgements", "round_id", round_.id) if each.person_id == person]
    for row in facts.of("transfers", "incident_id", incident.id):
        answers = facts.of("transfer_answers", "transfer_id", row.id)
        if row.to_id == person and answers and answers[0].answer == "accepted" and answers[0].at >= round_.started_at:
            taken.append(answers[0].at)
    since = max(taken)
    acts = list(_acts(facts, incident))
    closed_at = _office_closed_at(facts, incident, now) if level == "spoed" else since
    seen = closed_at > since or any(at >= round_.started_at for at in _looks(facts, incident, person))
    seen = seen or any(by == person and at >= since for by, at in acts)
    return Work(incident, round_, person, level, since, seen, max([since, closed_at, *(at for _, at in acts)]))


def _acts(facts: Facts, incident: Row) -> Iterator[tuple[int, datetime]]:
    """Who did something, when."""
    number = incident.id
    for name in ("progress", "replies", "reopenings"):
        yield from ((row.person_id, row.at) for row in facts.of(name, "incident_id", number) if row.person_id)
    for row in facts.of("transfers", "incident_id", number):
        if not row.client_token.startswith(BY_CLOCK):
            yield row.from_id, row.at
        yield from ((row.to_id, answer.at) for answer in facts.of("transfer_answers", "transfer_id", row.id)
                    if answer.answer != "returned")
    for link in facts.of("incident_reports", "incident_id", number):
        yield from ((row.by_id, row.at) for row in facts.of("verdicts", "report_id", link.report_id) if row.by_id)


def _looks(facts: Facts, incident: Row, person: int) -> Iterator[datetime]:
    """When he saw its page."""
    yield from (row.at for row in facts.of("openings", "incident_id", incident.id) if row.person_id == person)
    yield from (row.at for row in facts.of("acknowledgements", "incident_id", incident.id)
                if row.person_id == person and row.via == "screen")


def _office_closed_at(facts: Facts, incident: Row, now: datetime) -> datetime:
    opened = hours.open_between(duty.office_hours(facts, incident.organisation_id), now - timedelta(days=5), now)
    return opened[-1][1] if opened else now - timedelta(days=5)


def shift_over(facts: Facts, work: Work, now: datetime) -> bool:
    """May his shift have ended since he took it, with a colleague on the first line now? Then the clock hands it on."""
    first = duty.on_call(facts, "first_line", now)
    if first in (None, work.owner) and not oracle.may_be_swapped(facts, first, now):
        return False
    return any(
        duty.on_call(facts, line, since) == work.owner != duty.on_call(facts, line, now)
        for line in ("first_line", "backup") for since in (work.since, work.round.started_at)
    )


def calls(facts: Facts, now: datetime) -> Iterator[tuple[datetime, str]]:
    """What must have been done by when, unless somebody acts."""
    for work in in_hand(facts, now):
        if oracle.pending_transfer(facts, work.incident.id) or shift_over(facts, work, now):
            continue
        if not work.seen:
            yield work.since + OPEN_WITHIN[work.urgency], f"incident {work.incident.id} was taken but not opened"
            continue
        reminded = [each.at for each in facts.of("alerts", "incident_id", work.incident.id)
                    if each.kind == "reminder" and each.at >= work.act_at]
        if reminded:
            yield max(reminded) + AFTER_REMINDER, f"a round for incident {work.incident.id}, reminded in vain"
        else:
            yield _quiet_until(facts, work), f"a reminder about incident {work.incident.id}"


def _quiet_until(facts: Facts, work: Work) -> datetime:
    """At the latest: the time to be on the spot may come before."""
    promised = [each.promised_at for each in facts.of("progress", "incident_id", work.incident.id) if each.promised_at]
    until: datetime = max([work.act_at + QUIET, *(each + AFTER_PROMISE for each in promised[-1:])])
    return until


def shift_ends(facts: Facts, now: datetime) -> Iterator[tuple[datetime, str]]:
    """What must be offered to who has the line now."""
    for work in in_hand(facts, now):
        first, backup = (duty.on_call(facts, line, now) for line in ("first_line", "backup"))
        sure = first is not None and not oracle.may_be_swapped(facts, first, now) and first != backup
        had_it = all(duty.on_call(facts, "first_line", each) == work.owner for each in (work.since, work.round.started_at))
        if sure and first and had_it and first != work.owner and oracle.reachable(facts, first):
            offered = [each for each in facts.of("transfers", "incident_id", work.incident.id)
                       if each.client_token == f"{BY_CLOCK}{work.round.id}:{first}"]
            if not offered and not oracle.pending_transfer(facts, work.incident.id):
                yield now, f"incident {work.incident.id} offered at the end of a shift"
