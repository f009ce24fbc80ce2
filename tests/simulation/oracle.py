"""What ought to be, told from the rows of a night in the plainest way: who is on duty, what runs, which step is due when.

Nothing here uses the product's queries; of its rules only the office hours (holidays).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.simulation import duty
from tests.simulation.facts import Facts, Row

LEVELS = ("geen", "werkdag", "spoed", "noodgeval")
URGENT = ("spoed", "noodgeval")
SET_BACK = timedelta(seconds=30)
FAILED = ("gone", "refused", "failed")


def urgency(facts: Facts, incident_id: int) -> str:
    """The highest of its reports' newest verdicts."""
    reports = [each.report_id for each in facts.of("incident_reports", "incident_id", incident_id)]
    newest = [rows[-1].urgency for rows in (facts.of("verdicts", "report_id", each) for each in reports) if rows]
    return max(newest, key=LEVELS.index, default="geen")


def is_closed(facts: Facts, incident_id: int) -> bool:
    """One can only be closed when open and reopened when closed, so counting tells; clocks do not."""
    return len(facts.of("closures", "incident_id", incident_id)) > len(facts.of("reopenings", "incident_id", incident_id))


def newest_round(facts: Facts, incident_id: int) -> Row | None:
    rounds = facts.of("rounds", "incident_id", incident_id)
    return rounds[-1] if rounds else None


def acknowledgements(facts: Facts, incident_id: int, current: Row | None = None) -> list[Row]:
    """Those of the current round, or of that one."""
    current = current or newest_round(facts, incident_id)
    wanted = current.id if current else None
    return [each for each in facts.of("acknowledgements", "incident_id", incident_id) if each.round_id == wanted]


def owners(facts: Facts, incident_id: int, at: datetime) -> set[int | None]:
    """Who had it at that moment: when a new round began just then, either may be meant, as one tick does both."""
    rounds = facts.of("rounds", "incident_id", incident_id)
    begun_now = len(rounds) > 1 and rounds[-1].started_at == at
    return {owner(facts, incident_id), owner(facts, incident_id, rounds[-2] if begun_now else None)}


def owner(facts: Facts, incident_id: int, current: Row | None = None) -> int | None:
    """Who has it (or had it in that round): the last to whom it was handed on since it was taken, else who took it first."""
    taken = acknowledgements(facts, incident_id, current)
    if not taken:
        return None
    person: int = taken[0].person_id
    for row in facts.of("transfers", "incident_id", incident_id):
        answers = facts.of("transfer_answers", "transfer_id", row.id)
        if answers and answers[0].answer == "accepted" and answers[0].at >= taken[0].at:
            person = row.to_id
    return person


def pending_transfer(facts: Facts, incident_id: int) -> bool:
    """Does an offer to hand it on wait for its answer?"""
    return any(not facts.of("transfer_answers", "transfer_id", each.id)
               for each in facts.of("transfers", "incident_id", incident_id))


def running(facts: Facts) -> list[Row]:
    """Rounds in which people are being called now."""
    rounds = (newest_round(facts, each) for each in facts["incidents"])
    return [
        row for row in rounds
        if row and not facts.of("acknowledgements", "round_id", row.id) and not is_closed(facts, row.incident_id)
        and urgency(facts, row.incident_id) in URGENT
    ]


def wakes(facts: Facts, incident_id: int, at: datetime) -> bool:
    """Does it wake somebody at that moment?"""
    level = urgency(facts, incident_id)
    return level == "noodgeval" or (
        level == "spoed" and not duty.office_open(facts, facts["incidents"][incident_id].organisation_id, at))


def meant(facts: Facts, round_: Row, who: str, at: datetime) -> set[int]:
    """Whom a step of this round means at that moment."""
    organisation = facts["incidents"][round_.incident_id].organisation_id
    if who == "pool":
        return duty.pool(facts)
    if who == "coordinator":
        return duty.coordinators(facts, organisation)
    asked = {round_.first_id} - {None} if who != "backup" else set()  # he is, if a call can wake him
    if who == "day_line":
        return _day_line(facts, organisation, at) | asked
    lines = [duty.on_call(facts, each, at) for each in ("first_line", "backup")]
    if may_be_swapped(facts, lines[0], at):
        return {each for each in lines if each is not None} | asked
    person = lines[0] if who == "first_line" else lines[1]
    done = {round_.first_id, None, *_called(facts, round_, "first_line")}
    if who == "backup" and person in done:
        person = lines[0] if lines[0] not in done else None
    return asked if person is None else {person} | asked


def may_be_swapped(facts: Facts, first: int | None, at: datetime) -> bool:
    """Was the first line asked to confirm a shift, and did he neither that nor take anything since?"""
    for row in facts.of("rehearsals", "person_id", first):
        if row.number == 1 and row.shift_starts_at <= at:
            mine = [each.id for each in facts.of("alerts", "person_id", first)]
            taps = [each.at for each in facts["confirmations"].values() if each.alert_id in mine]
            taken = [each.at for each in facts.of("acknowledgements", "person_id", first)]
            if not any(each >= row.at for each in (*taps, *taken)):
                return True
    return False


def _called(facts: Facts, round_: Row, who: str) -> set[int]:
    steps = [each.id for each in facts.of("escalations", "round_id", round_.id) if each.who == who]
    return {alert.person_id for step in steps for alert in facts.of("alerts", "escalation_id", step)}


def reachable(facts: Facts, person: int) -> bool:
    """Has he a phone that lives and can wake him, or a proven contact that works?"""
    for device in facts.of("devices", "person_id", person):
        pages = [each for each in facts.of("deliveries", "device_id", device.id) if each.created_at >= device.registered_at]
        if device.waking and device.removed_at is None and _last_outcome(pages) != "gone":
            return True
    for method in facts.of("contact_methods", "person_id", person):
        pages = facts.of("deliveries", "contact_method_id", method.id)
        if any(each.opened_at for each in pages) and _last_outcome(pages) not in ("gone", "refused"):
            return True
    return False


def _last_outcome(pages: list[Row]) -> str | None:
    settled = [each.outcome for each in pages if each.outcome not in (None, "superseded")]
    return settled[-1] if settled else None


def _day_line(facts: Facts, organisation_id: int, at: datetime) -> set[int]:
    """Nobody has it here: the first line now, else of the coming shift, and the coordinators."""
    moments = (at + timedelta(hours=each) for each in range(24 * 14))
    first = next((person for person in (duty.on_call(facts, "first_line", each) for each in moments) if person), None)
    return duty.coordinators(facts, organisation_id) | ({first} if first else set())


def next_step(facts: Facts, round_: Row, now: datetime) -> tuple[int, datetime] | None:
    """Position and moment of the next step of a round; None after the last one that does not repeat."""
    return step_after(facts, round_, facts.of("escalations", "round_id", round_.id), now)


def step_after(facts: Facts, round_: Row, done: list[Row], now: datetime) -> tuple[int, datetime] | None:
    """The same as it was after these steps, with what was known at a moment."""
    position, at = _planned(facts, round_, done, now) or (-1, now)
    if position < 0:
        return None
    if (done[-1].due_at if done else round_.started_at) > now + SET_BACK:
        return position, now  # the clock was set back: nobody waits until it is there again
    return position, at


def _planned(facts: Facts, round_: Row, done: list[Row], now: datetime) -> tuple[int, datetime] | None:
    policy = round_.policy
    if not done:
        return 0, round_.started_at + timedelta(seconds=policy[0]["after_seconds"])
    last = done[-1]
    step = policy[last.position]
    if step["repeat_every_seconds"]:
        return last.position, last.due_at + timedelta(seconds=step["repeat_every_seconds"])
    over_at = given_up_at(facts, round_, done, now)
    position = last.position + 1
    by_day = duty.office_open(facts, facts["incidents"][round_.incident_id].organisation_id, now)
    while over_at and position < len(policy) and in_hours(policy[position]["who"], by_day) == last.who:
        position += 1
    if position >= len(policy):
        return None
    apart = timedelta(seconds=policy[position]["after_seconds"] - step["after_seconds"])
    return position, over_at or last.due_at + apart


def in_hours(who: str, by_day: bool) -> str:
    """By day the day line stands for the first line."""
    return "day_line" if who == "first_line" and by_day else who


def given_up_at(facts: Facts, round_: Row, done: list[Row], now: datetime) -> datetime | None:
    """When it was clear that nobody called by the last step will come: it found nobody, all refused, or every page to what can
    wake them was turned down."""
    last = done[-1]
    if last.outcome == "empty":
        return last.at  # type: ignore[no-any-return]
    turned_down = _turned_down_at(facts, last, now)
    same = [each.id for each in done if each.who == last.who]
    called = {alert.person_id for step in same for alert in facts.of("alerts", "escalation_id", step)}
    refused = {each.person_id: each.at for each in reversed(facts.of("refusals", "round_id", round_.id)) if each.at <= now}
    if called and called <= refused.keys():
        all_refused: datetime = max(last.at, *(refused[each] for each in called))
        return min(all_refused, turned_down) if turned_down else all_refused
    return turned_down


def _turned_down_at(facts: Facts, step: Row, now: datetime) -> datetime | None:
    alerts = facts.of("alerts", "escalation_id", step.id)
    pages = [page for alert in alerts for page in facts.of("deliveries", "alert_id", alert.id)]
    hopeful = [page for page in pages if _can_wake(facts, page)]
    if step.outcome != "paged" or not hopeful or any(page.outcome not in FAILED for page in hopeful):
        return None
    at: datetime = max(page.outcome_at for page in hopeful)
    return at if at <= now else None


def _can_wake(facts: Facts, page: Row) -> bool:
    if page.device_id is not None:
        return bool(facts["devices"][page.device_id].waking)
    return any(each.opened_at for each in facts.of("deliveries", "contact_method_id", page.contact_method_id))
