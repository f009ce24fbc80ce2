"""Drives the real worker in tests: real steps, real gateway objects of the test's choice, a clock that the test moves."""

from __future__ import annotations

import logging
from collections import deque
from datetime import timedelta

from tests.fakes import FakeClock
from tests.steps.foresight import next_moment
from webcare_pwa import rulebook
from webcare_pwa.db import Database
from webcare_pwa.house import House
from webcare_pwa.ports import ContactJob, Delivered, MailJob, MailOutcome, Outcome, PushJob
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


class RecordingContacts:
    """All providers of contact methods at the edge, same shape."""

    def __init__(self) -> None:
        self.jobs: list[ContactJob] = []
        self.by_address: dict[str, Outcome] = {}
        self._done: list[tuple[int, Outcome]] = []
        self.free = 100

    def submit(self, job: ContactJob) -> None:
        self.jobs.append(job)
        self._done.append((job.delivery_id, self.by_address.get(job.address, Delivered("202", vendor_id="SM1"))))

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


class Troubles(logging.Handler):
    """Keeps what the worker logged as an error: it goes on after one, a test must not."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Engine:
    """A worker whose seconds are counted by the test. A stage that fails fails the test, unless `tolerant`."""

    tolerant = False

    def __init__(self, database: Database, clock: FakeClock, house: House = HOUSE) -> None:
        self.push, self.mail, self.contacts, self.clock = RecordingPush(), RecordingMail(), RecordingContacts(), clock
        self.worker = Worker(database, clock, house, self.push, self.mail, self.contacts)
        self.worker._clockwork_at = float("inf")  # `tick` runs the clockwork: real seconds would run it twice on a slow machine
        self.troubles = Troubles()
        logging.getLogger("webcare").addHandler(self.troubles)

    def tick(self) -> list[PushJob]:
        """One whole tick and what follows from it until all is quiet; returns the pushes that went out."""
        before = len(self.push.jobs)
        self.worker.clockwork()
        while True:
            sent = len(self.push.jobs) + len(self.mail.jobs) + len(self.contacts.jobs)
            self.worker.tick()
            if len(self.push.jobs) + len(self.mail.jobs) + len(self.contacts.jobs) == sent:
                break
            self.worker.clockwork()
        assert self.tolerant or not self.troubles.lines, self.troubles.lines[0]
        return self.push.jobs[before:]

    def pass_time(self, *, seconds: float = 0, minutes: float = 0) -> list[PushJob]:
        """Let time pass, with a tick in every second in which the worker has something to do (see foresight.py) and one at the
        end; returns all pushes that went out."""
        end, sent = self.clock.moment + timedelta(seconds=int(seconds + minutes * 60)), []
        while self.clock.moment < end:
            self.clock.moment = next_moment(self.worker, self.clock.moment, end)
            sent += self.tick()
        return sent
