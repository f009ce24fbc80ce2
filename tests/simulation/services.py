"""Push services, message providers and the mail server of a simulated night: they deliver, drop, lie, stall, refuse, come back.

Behind all gateways of all workers stands one `Services`; a gateway dies with its worker, and then nobody hears the answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from random import Random
from typing import Generic, TypeVar

from tests.simulation.kills import Executioner
from tests.simulation.timeline import Timeline
from webcare_pwa.ports import ContactJob, Delivered, Gone, MailJob, MailOutcome, Outcome, PushJob, Refused, TryAgain, Unknown

Job = TypeVar("Job")
Result = TypeVar("Result")
MOODS = ("good",) * 12 + ("dropping", "gone", "down", "stalling", "busy", "refusing")
PASSING = {"down": 4, "stalling": 2, "busy": 2}  # after so many answers like that it is good again


class Services:
    """`moods`: address -> how its service behaves now. `took`: delivery ids that a service said it took. `dead`: those it
    turned down for good."""

    def __init__(self, timeline: Timeline, chance: Random, arrive: Callable[[str, int], None]) -> None:
        self.timeline, self._chance, self._arrive = timeline, chance, arrive
        self.moods: dict[str, str] = {}
        self.outage = False
        self._bad: dict[str, int] = defaultdict(int)
        self.took: set[int] = set()
        self.turned_down: set[int] = set()

    def push(self, job: PushJob) -> tuple[float, Outcome]:
        """Seconds until the answer, and the answer."""
        return self._page(job.endpoint, job.delivery_id)

    def message(self, job: ContactJob) -> tuple[float, Outcome]:
        """The same by another contact."""
        return self._page(job.address, job.delivery_id)

    def mail(self, job: MailJob) -> tuple[float, MailOutcome]:
        """A mail server that has bad moments."""
        outcomes: tuple[MailOutcome, ...] = (Unknown("line broke"), TryAgain(detail="450"), Refused("550"))
        return 0.0, self._chance.choice(outcomes) if self._chance.random() < 0.1 else Delivered("250")

    def _page(self, address: str, delivery_id: int) -> tuple[float, Outcome]:
        mood = "down" if self.outage else self.moods.get(address, "good")
        self._pass(address, mood)
        delay, outcome = self._answer(mood)
        if isinstance(outcome, Delivered):
            self.took.add(delivery_id)
        elif not isinstance(outcome, TryAgain):
            self.turned_down.add(delivery_id)
        if mood == "good" or (mood == "stalling" and self._chance.random() < 0.5):
            self.timeline.after(self._chance.choice((0.4, 1.3, 3.0, 9.0)), "", lambda: self._arrive(address, delivery_id))
        self.timeline.note(f"page {delivery_id} to {address.rpartition('/')[2]}: {type(outcome).__name__} {outcome.detail}")
        return delay, outcome

    def _pass(self, address: str, mood: str) -> None:
        """A bad moment passes."""
        if mood in PASSING and not self.outage:
            self._bad[address] += 1
            if self._bad[address] >= PASSING[mood]:
                self._bad[address], self.moods[address] = 0, "good"

    def _answer(self, mood: str) -> tuple[float, Outcome]:
        if mood == "gone":
            return 0.0, Gone("http 410")
        if mood == "refusing":
            return 0.0, Refused("http 403")
        if mood == "busy":
            return 0.0, TryAgain(after=float(self._chance.choice((5, 30, 120))), detail="http 429")
        if mood == "stalling":
            return 10.0, TryAgain(detail="no answer in time")
        return (0.0, TryAgain(detail="http 503")) if mood == "down" else (0.0, Delivered("http 201"))


class Gateway(Generic[Job, Result]):
    """One worker's way to a service: jobs lie in its hands until the next `work`, or for as long as the service stalls."""

    free = 100

    def __init__(
        self, transmit: Callable[[Job], tuple[float, Result]], key: Callable[[Job], int], timeline: Timeline,
        executioner: Executioner,
    ) -> None:
        self._transmit, self._key, self._timeline, self._executioner = transmit, key, timeline, executioner
        self._waiting: list[Job] = []
        self._done: list[tuple[int, Result]] = []
        self.in_hand: set[int] = set()
        self.submitted: list[int] = []

    def submit(self, job: Job) -> None:
        self._executioner.job()
        self._waiting.append(job)
        self.in_hand.add(self._key(job))
        self.submitted.append(self._key(job))

    def work(self) -> bool:
        """What the threads behind the gateway do. Is there something to hear about at once?"""
        waiting, self._waiting = self._waiting, []
        for job in waiting:
            self._send(job)
        return bool(self._done)

    @property
    def answered(self) -> bool:
        """Is there an answer that its worker has not heard yet?"""
        return bool(self._done)

    def finished(self) -> list[tuple[int, Result]]:
        done, self._done = self._done, []
        self.in_hand -= {each for each, _ in done}
        return done

    def die(self, chance: Random) -> None:
        """The process is gone: what it had in hand left the house, or did not; the answers come to nobody."""
        for job in self._waiting:
            if chance.random() < 0.5:
                self._transmit(job)
        self._waiting = []

    def _send(self, job: Job) -> None:
        delay, result = self._transmit(job)
        if delay:
            self._timeline.after(delay, "", lambda: self._done.append((self._key(job), result)))
        else:
            self._done.append((self._key(job), result))
