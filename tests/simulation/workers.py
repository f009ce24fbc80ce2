"""The workers of a simulated night: ticking in turn, killed between two statements, frozen for a while, started again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.simulation.kills import Executioner, Killed
from tests.simulation.services import Gateway, Services
from tests.simulation.timeline import Timeline
from tests.steps.engine import HOUSE
from webcare_pwa.db import Database
from webcare_pwa.ports import ContactJob, MailJob, MailOutcome, Outcome, PushJob
from webcare_pwa.worker import TICK, Worker


@dataclass(frozen=True)
class Tick:
    """A tick that went to its end: what it handed to the gateways, and whether the clockwork ran."""

    submitted: list[int]
    clockwork: bool


class Process:
    """One worker process with its gateways."""

    def __init__(self, database: Database, timeline: Timeline, services: Services, executioner: Executioner, name: str) -> None:
        self.push: Gateway[PushJob, Outcome] = Gateway(services.push, lambda job: job.delivery_id, timeline, executioner)
        self.contacts: Gateway[ContactJob, Outcome] = Gateway(
            services.message, lambda job: job.delivery_id, timeline, executioner)
        self.mails: Gateway[MailJob, MailOutcome] = Gateway(services.mail, lambda job: job.mail_id, timeline, executioner)
        self.worker = Worker(database, timeline, HOUSE, self.push, self.mails, self.contacts, name=name)
        self.name, self.frozen = name, False
        self._started, self._clock = False, timeline
        self.clockwork_at = float("-inf")

    def tick(self) -> bool:
        """What `run()` does in one go. Did the clockwork run too?"""
        if not self._started:
            self.worker.start()
            self._started = True
        due = self._clock.monotonic() - self.clockwork_at >= TICK
        self.worker.tick()
        if due:
            self.clockwork_at = self._clock.monotonic()
        return due

    def work(self) -> bool:
        """Its gateways' threads. Is there an answer to hear?"""
        return any([self.push.work(), self.contacts.work(), self.mails.work()])

    def handed_out(self) -> list[int]:
        """Ids of the pages that went to the gateways since the last look."""
        pages = self.push.submitted + self.contacts.submitted
        self.push.submitted, self.contacts.submitted = [], []
        return pages

    def die(self, chance: Random) -> None:
        self.push.die(chance)
        self.contacts.die(chance)
        self.mails.die(chance)

    @property
    def answered(self) -> bool:
        """Has a service answered that kept it waiting?"""
        return self.push.answered or self.contacts.answered

    @property
    def pages_in_hand(self) -> set[int]:
        return self.push.in_hand | self.contacts.in_hand


class Workers:
    """`alive` are those that run."""

    def __init__(
        self, database: Database, timeline: Timeline, services: Services, executioner: Executioner, chance: Random,
        several: bool,
    ) -> None:
        self._make: Callable[[str], Process] = lambda name: Process(database, timeline, services, executioner, name)
        self._timeline, self._executioner, self._chance, self._several = timeline, executioner, chance, several
        self.alive: list[Process] = []
        self.kill_chance = 0.0
        self.just_killed = False  # and no other did a whole tick since
        self._born = 0
        for _ in range(2 if several else 1):
            self.begin()

    def begin(self, name: str = "") -> None:
        """A new process: with the dead one's name, or with one of its own."""
        self._born += 1
        if not name:
            name = f"worker{self._born}" if self._several else f"worker#{self._born}"  # alone it knows that others are dead
        self.alive.append(self._make(name))
        self._timeline.note(f"{name} begins")

    def tick(self) -> Tick | None:
        """The next one in turn does a tick. None: it died, or nobody can."""
        able = [each for each in self.alive if not each.frozen]
        if not able:
            return None
        process = next((each for each in able if each.answered), able[0])
        self.alive.remove(process)
        self.alive.append(process)
        if self._chance.random() < self.kill_chance:
            self._arm()
        try:
            ran = process.tick()
            while process.work():
                process.tick()
        except Killed:
            self.kill(process)
            return None
        finally:
            self._executioner.arm(0)
        return Tick(process.handed_out(), ran)

    def _arm(self) -> None:
        if self._chance.random() < 0.25:
            self._executioner.arm_for_job(self._chance.randint(1, 3))
        else:
            self._executioner.arm(self._chance.choice((self._chance.randint(1, 12), self._chance.randint(1, 90))))

    def kill(self, process: Process) -> None:
        """SIGKILL; somebody starts a new one later."""
        self._timeline.note(f"{process.name} is killed")
        self.alive.remove(process)
        self.just_killed = True
        process.die(self._chance)
        name = process.name if self._several and self._chance.random() < 0.3 else ""
        pause = self._chance.choice((0.5, 2, 5, 20)) if self.alive or self._chance.random() < 0.9 else 400
        self._timeline.after(pause, "", lambda: self.begin(name))

    def freeze(self, seconds: float) -> None:
        """One of two stops for a while (SIGSTOP), with what it has in hand."""
        able = [each for each in self.alive if not each.frozen]
        if self._several and len(able) > 1:
            process = able[0]
            process.frozen = True
            self._timeline.note(f"{process.name} is frozen")
            self._timeline.after(seconds, f"{process.name} goes on", lambda: setattr(process, "frozen", False))

    def holds(self, delivery_id: int) -> bool:
        """Has a living worker that page in hand?"""
        return any(delivery_id in each.pages_in_hand for each in self.alive if not each.frozen)

    def holds_mail(self, mail_id: int) -> bool:
        """The same of a mail."""
        return any(mail_id in each.mails.in_hand for each in self.alive if not each.frozen)

    def answered(self) -> bool:
        """Has one of them to hear an answer?"""
        return any(each.answered for each in self.alive if not each.frozen)

    def ready_in(self) -> float | None:
        """Seconds until one of them may run its clockwork again; None when nobody can do anything."""
        able = [each.clockwork_at + TICK - self._timeline.monotonic() for each in self.alive if not each.frozen]
        return max(0.0, min(able)) if able else None

    @property
    def blind(self) -> bool:
        """Can nobody do anything?"""
        return all(each.frozen for each in self.alive)
