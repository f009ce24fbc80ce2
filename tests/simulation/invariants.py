"""What every simulated night must keep to, looked at after every event. Told from rows, by `oracle.py`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from tests.simulation import due, duty, oracle
from tests.simulation.facts import Facts, Row
from tests.simulation.services import Services
from tests.simulation.timeline import Timeline
from tests.simulation.workers import Workers
from webcare_pwa.clock import AMSTERDAM

LEASE, MAIL_LEASE = timedelta(seconds=12), timedelta(seconds=48)
TICK, MOMENT = timedelta(seconds=1), timedelta(microseconds=1)
SINCE_TAKEN = frozenset({"unopened", "no_progress", "shift_end"})  # new rounds by promise 11
AT_LEAST = {"unopened": timedelta(minutes=3), "no_progress": timedelta(minutes=5)}  # after it was taken
ROUNDS = SINCE_TAKEN | {"opened", "closing_time", "addition", "raised", "reopened", "detached"}


class Violation(AssertionError):
    """Something that may never happen, happened."""


class Invariants:
    """Remembers how far it looked, and for how long nobody could work (`standstill`, business time)."""

    def __init__(self, facts: Facts, timeline: Timeline, services: Services, workers: Workers) -> None:
        self._facts, self._timeline, self._services, self._workers = facts, timeline, services, workers
        self.posted: dict[str, datetime] = {}  # external id of every message that was accepted
        self.standstill: list[tuple[datetime, timedelta]] = []
        self._seen = {name: facts.newest(name) for name in ("alerts", "escalations", "rounds")}
        self._taken: set[int] = set()

    def after_event(self) -> None:
        """People or services did something, or a worker did a tick, perhaps not to its end."""
        self._fail_first(self._new_rows())
        self._seen = {name: self._facts.newest(name) for name in self._seen}
        self._taken = {each.round_id for each in self._facts["acknowledgements"].values()}

    def after_tick(self, submitted: list[int], ran: bool) -> None:
        """A tick went to its end; `ran`: the clockwork as well."""
        self._fail_first(self._sent(submitted))
        self._fail_first(self._reports())
        self._fail_first(self._queue())
        if ran:
            now = self._timeline.moment
            waiting = due.moments(self._facts, now)
            self._fail_first(f"late: {what}, due {_clock(at)}" for at, what in waiting if at <= now - TICK)
            self._fail_first(self._policy_kept(now))

    def at_the_end(self) -> None:
        """Everything healthy again, and all had its time: each urgent incident is taken, or at its last step."""
        for row in oracle.running(self._facts):
            steps = self._facts.of("escalations", "round_id", row.id)
            if not steps or steps[-1].position != len(row.policy) - 1:
                raise Violation(f"round {row.id} never came to its last step")
        for page in self._facts["deliveries"].values():
            self._fail_first(self._page_accounted_for(page))

    def _fail_first(self, found: Iterator[str]) -> None:
        for what in found:
            raise Violation(what)

    # --- reports -----------------------------------------------------------------------------------------------------

    def _reports(self) -> Iterator[str]:
        """Each message that was accepted is stored once, and each report has a verdict, an incident and an answer."""
        stored = [each.external_id for each in self._facts["messages"].values()]
        for external_id in self.posted:
            if stored.count(external_id) != 1:
                yield f"message {external_id} stands {stored.count(external_id)} times"
        for message in self._facts["messages"].values():
            if message.judged_at is None:
                yield f"message {message.external_id} waits"
        for report in self._facts["reports"].values():
            if not self._facts.of("incident_reports", "report_id", report.id):
                yield f"report {report.id} has no incident"
            if not any(each.kind == "automatic" for each in self._facts.of("replies", "report_id", report.id)):
                yield f"report {report.id} got no answer"

    # --- pages -------------------------------------------------------------------------------------------------------

    def _new_rows(self) -> Iterator[str]:
        for alert in self._newer("alerts"):
            yield from self._rightly_called(alert)
        for step in self._newer("escalations"):
            yield from self._rightly_stepped(step)
        for row in self._newer("rounds"):
            yield from self._rightly_begun(row)

    def _newer(self, name: str) -> list[Row]:
        return [row for number, row in self._facts[name].items() if number > self._seen[name]]

    def _rightly_called(self, alert: Row) -> Iterator[str]:
        """Nobody off duty, and only by the step, act or promise that may."""
        facts, incident = self._facts, alert.incident_id
        who = f"person {alert.person_id} called ({alert.kind}) for incident {incident}"
        if alert.kind == "step":
            row = facts["rounds"][alert.round_id]
            step = facts["escalations"][alert.escalation_id]
            if alert.person_id not in oracle.meant(facts, row, step.who, alert.at):
                yield f"{who}, who is not {step.who}"
            if row.id in self._taken:
                yield f"{who} in a round that was acknowledged"
        elif alert.kind in ("addition", "reminder") and alert.person_id not in oracle.owners(facts, incident, alert.at):
            yield f"{who}, who does not own it"
        elif alert.kind in ("transfer", "returned"):
            transfer = facts["transfers"][int(alert.key.split(":")[1])]
            if alert.person_id != (transfer.to_id if alert.kind == "transfer" else transfer.from_id):
                yield f"{who}, who has no part in it"
        if alert.kind == "rehearsal" and not time(6) <= alert.at.astimezone(AMSTERDAM).time() < time(23):
            yield f"{who} in the middle of the night"
        if alert.kind != "alarm" and incident and oracle.is_closed(facts, incident):
            yield f"{who}, which is closed"

    def _rightly_stepped(self, step: Row) -> Iterator[str]:
        """The next step, not too early, and empty only when nobody could be reached."""
        row = self._facts["rounds"][step.round_id]
        before = [each for each in self._facts.of("escalations", "round_id", row.id) if each.id < step.id]
        planned = [oracle.step_after(self._facts, row, before, at) for at in (step.at, step.at - MOMENT)]
        if not any(each and self._fits(row, step, *each) for each in planned):  # two things at one moment: either order
            found = " or ".join("none" if each is None else f"step {each[0]} at {_clock(each[1])}" for each in planned)
            yield f"step {step.position} of round {row.id} at {_clock(step.at)}, where the policy says {found}"
        if before and before[-1].outcome == "empty" and before[-1].position < step.position and before[-1].at < step.at:
            yield f"step {step.position} of round {row.id} waited after one that found nobody"
        if step.outcome == "empty":
            yield from self._really_empty(row, step)

    def _fits(self, row: Row, step: Row, position: int, at: datetime) -> bool:
        """The planned step and not before its time; a noodgeval that stood still goes to the pool at once."""
        stood_still: bool = row.urgency == "noodgeval" and step.at - at > timedelta(minutes=2)
        return bool(step.position == position and step.at >= at) or (stood_still and step.position == len(row.policy) - 1)

    def _really_empty(self, row: Row, step: Row) -> Iterator[str]:
        first = duty.on_call(self._facts, "first_line", step.at)
        if step.who != "pool" and oracle.may_be_swapped(self._facts, first, step.at):
            return  # first line and backup changed places, or did not: either may be meant
        refused = {each.person_id for each in self._facts.of("refusals", "round_id", row.id)}
        people = oracle.meant(self._facts, row, step.who, step.at)
        people -= {row.first_id}  # he is meant only if a call can wake him
        for person in people if step.who == "pool" else people - refused:
            for device in self._facts.of("devices", "person_id", person):
                if device.waking and device.removed_at is None and not self._ever_gone(device):
                    yield f"step {step.position} of round {row.id} found nobody, but person {person} has a phone"

    def _ever_gone(self, device: Row) -> bool:
        return any(page.outcome == "gone" for page in self._facts.of("deliveries", "device_id", device.id))

    def _rightly_begun(self, row: Row) -> Iterator[str]:
        """A new round has a reason that the rows bear out."""
        if row.reason not in ROUNDS:
            yield f"round {row.id} began for an unknown reason: {row.reason}"
        earlier = [each for each in self._facts.of("rounds", "incident_id", row.incident_id) if each.number == row.number - 1]
        if row.reason in SINCE_TAKEN and earlier:
            taken = self._facts.of("acknowledgements", "round_id", earlier[0].id)
            if taken and taken[0].at > row.started_at + oracle.SET_BACK:
                return  # the clock was set back since: how long ago it was taken is not to be told from the rows
            if not taken or row.started_at < taken[0].at + AT_LEAST.get(row.reason, timedelta()):
                yield f"round {row.id} ({row.reason}) began too early"

    def _sent(self, submitted: list[int]) -> Iterator[str]:
        """What left the house just now, with what was known before this tick."""
        for number in submitted:
            page = self._facts["deliveries"].get(number)
            alert = self._facts["alerts"][page.alert_id] if page else None
            if alert and alert.kind == "step" and alert.round_id in self._taken:
                yield f"page {number} was sent for incident {alert.incident_id}, which is acknowledged"
            if alert and alert.kind != "alarm" and alert.incident_id and oracle.is_closed(self._facts, alert.incident_id):
                yield f"page {number} was sent for incident {alert.incident_id}, which is closed"

    # --- queues ------------------------------------------------------------------------------------------------------

    def _queue(self) -> Iterator[str]:
        """Nothing that is due lies about, and no lease outlives its worker for long."""
        now, real = self._timeline.moment, self._timeline.real
        for page in self._facts["deliveries"].values():
            ahead = page.created_at > now + oracle.SET_BACK and not page.attempts
            if page.outcome is None and (page.due_at <= now or ahead) and not self._workers.holds(page.id):
                yield from self._waits(f"page {page.id}", page.claimed_until, real, LEASE)
            yield from self._page_accounted_for(page)
        for mail in self._facts["mails"].values():
            if mail.outcome is None and mail.due_at <= now and not self._workers.holds_mail(mail.id):
                yield from self._waits(f"mail {mail.id}", mail.claimed_until, real, MAIL_LEASE)

    def _waits(self, what: str, until: datetime | None, real: datetime, lease: timedelta) -> Iterator[str]:
        if until is None or until < real:
            yield f"{what} is due and nobody took it"
        elif until > real + lease:
            yield f"{what} is held by nobody for {until - real}"

    def _page_accounted_for(self, page: Row) -> Iterator[str]:
        """What is settled is what the service said; what is left unsent has a reason that the rows bear out."""
        carrier = page.bundle_id or page.id
        if page.outcome == "accepted" and page.attempts and carrier not in self._services.took:
            yield f"page {page.id} counts as accepted, but no service ever took it"
        if page.outcome in ("gone", "refused") and carrier not in self._services.turned_down:
            yield f"page {page.id} counts as {page.outcome}, but no service said so"
        if page.outcome == "superseded" and page.detail in ("aangenomen", "gesloten"):
            alert = self._facts["alerts"][page.alert_id]
            if page.detail == "aangenomen" and not self._facts.of("acknowledgements", "round_id", alert.round_id):
                yield f"page {page.id} was dropped as acknowledged, which it is not"
            if page.detail == "gesloten" and not self._facts.of("closures", "incident_id", alert.incident_id):
                yield f"page {page.id} was dropped as closed, which it is not"

    # --- time --------------------------------------------------------------------------------------------------------

    def _policy_kept(self, now: datetime) -> Iterator[str]:
        """By the policy alone: whatever happens, a round that nobody took is at least this far."""
        for row in oracle.running(self._facts):
            still = sum((length for at, length in self.standstill if at >= row.started_at), timedelta())
            steps = self._facts.of("escalations", "round_id", row.id)
            done = max((each.position for each in steps), default=-1)
            for position, step in enumerate(row.policy):
                by = row.started_at + timedelta(seconds=step["after_seconds"]) + still + TICK * (position + 1)
                if by < now and done < position:
                    yield f"round {row.id} is at step {done}; by the policy step {position} was due by {_clock(by)}"


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(AMSTERDAM):%H:%M:%S}"
