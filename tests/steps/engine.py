"""Drives the real worker in tests: real steps, real gateway objects of the test's choice, a clock that the test moves."""

from __future__ import annotations

from collections import deque

from tests.fakes import FakeClock
from webcare_pwa import rulebook
from webcare_pwa.db import Database
from webcare_pwa.house import House
from webcare_pwa.ports import Delivered, MailJob, MailOutcome, Outcome, PushJob
from webcare_pwa.worker import Worker

HOUSE = House("http://localhost", "test-" * 10, rulebook.load())


class RecordingPush:
    """A push service at the edge: takes every job, answers as told, and shows what it got."""

    def __init__(self) -> None:
        self.jobs: list[PushJob] = []
        self.answers: deque[Outcome] = deque()
        self.by_endpoint: dict[str, Outcome] = {}
        self.hold = False
        self._done: list[tuple[int, Outcome]] = []
        self.free = 100

    def submit(self, job: PushJob) -> None:
        self.jobs.append(job)
        outcome = self.by_endpoint.get(job.endpoint) or (self.answers.popleft() if self.answers else Delivered("http 201"))
        if not self.hold:
            self._done.append((job.delivery_id, outcome))

    def finished(self) -> list[tuple[int, Outcome]]:
        done, self._done = self._done, []
        return done


class RecordingMail:
    """A mail server at the edge, same shape."""

    def __init__(self) -> None:
        self.jobs: list[MailJob] = []
        self._done: list[tuple[int, MailOutcome]] = []
        self.free = 100

    def submit(self, job: MailJob) -> None:
        self.jobs.append(job)
        self._done.append((job.mail_id, Delivered("250")))

    def finished(self) -> list[tuple[int, MailOutcome]]:
        done, self._done = self._done, []
        return done


class Engine:
    """A worker whose seconds are counted by the test."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.push, self.mail, self.clock = RecordingPush(), RecordingMail(), clock
        self.worker = Worker(database, clock, HOUSE, self.push, self.mail)

    def tick(self) -> list[PushJob]:
        """One whole tick, then settle; returns the pushes that went out in it."""
        before = len(self.push.jobs)
        self.worker.tick()
        self.worker.clockwork()
        self.worker.tick()
        self.worker.tick()
        return self.push.jobs[before:]

    def pass_time(self, *, seconds: float = 0, minutes: float = 0) -> list[PushJob]:
        """Let time pass second by second, as the real worker would see it; returns all pushes that went out."""
        sent = []
        for _ in range(int(seconds + minutes * 60)):
            self.clock.move(seconds=1)
            sent += self.tick()
        return sent
