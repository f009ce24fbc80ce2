"""The worker: one `tick()` does every stage once, in order; `run()` repeats it at once when woken, and twice a second.

Pages are sent in the background, so a push service that hangs holds up nothing but its own page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from threading import Event

from sqlalchemy import text
from sqlalchemy.orm import Session

from webcare_pwa import logs, presence
from webcare_pwa.clock import Clock, monotonic, real_now
from webcare_pwa.clockwork import STAGES
from webcare_pwa.db import Database
from webcare_pwa.house import House
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.ports import ContactGateway, MailGateway, MailOutcome, Outcome, PushGateway
from webcare_pwa.steps import delivery, mail, pending, triage
from webcare_pwa.waiter import Waiter

TICK = 0.5  # seconds; a step of the escalation is late by this at most, and by what the stages take
LEASE = timedelta(seconds=12)  # renewed with each heartbeat: a worker that is frozen or cut off is relieved within 15 s
HELD_AT_MOST = 120.0  # seconds; then even a living worker's lease on a page ends: its gateway lost it
BATCH = 10  # messages taken up in one transaction: short enough that nobody waits long for the write lock
HEARTBEAT_EVERY = 5.0  # seconds
CLOCKWORK_LOCK = 736_202


class Worker:
    """Ties database, clock and gateways together. Only one runs on SQLite; several may on PostgreSQL."""

    def __init__(
        self, database: Database, clock: Clock, house: House, push: PushGateway, mails: MailGateway,
        contacts: ContactGateway, name: str = "worker", after: Sequence[Callable[[frozenset[str]], None]] = (),
    ) -> None:
        self.database, self.clock, self.house = database, clock, house
        self.push, self.mails, self.contacts, self.name = push, mails, contacts, name
        self._after, self._failed = after, frozenset[str]()  # told after each tick which stages failed in it
        self._pushed: list[tuple[int, Outcome]] = []
        self._mailed: list[tuple[int, MailOutcome]] = []
        self._held: dict[int, float] = {}  # deliveries in hand, and since when
        self._ran_at: dict[str, datetime] = {}  # business time: it may be set back, so distances count both ways
        self._clockwork_at = self._heartbeat_at = float("-inf")
        self._started = False

    def start(self) -> None:
        """Take back what an earlier worker of this name had in hand when it died, and what other dead ones had."""
        with self.database.write() as session:
            delivery.release(session, self.name)
            mail.release(session, self.name)
        presence.release_dead(self.database, self.name)
        self._started = True

    def tick(self) -> None:
        """Every stage once: settle, take up, what time brings, send."""
        self._settle()
        self._take_up()
        if monotonic() - self._clockwork_at >= TICK:
            self._clockwork_at = monotonic()
            self.clockwork()
        self._claim()
        self._beat()
        self._tell_after()

    def run(self, waiter: Waiter, stop: Event) -> None:
        """Tick until told to stop. A tick that fails is logged and tried again: one bad row must not stop the night."""
        while not stop.is_set():
            try:
                if not self._started:
                    self.start()
                self.tick()
            except Exception:  # noqa: BLE001  the loop must survive a locked or full database
                logs.trouble("worker.tick_failed")
                self._failed |= {"tick"}
            waiter.wait(TICK)

    def clockwork(self) -> None:
        """The stages that only time moves, each in a transaction of its own."""
        with self.database.read() as session:
            now = self.clock.now(session)
        for stage in STAGES:
            if stage.name in self._ran_at and abs(now - self._ran_at[stage.name]) < stage.every:
                continue
            try:
                with self.database.write() as session:
                    if self._may_run(session):
                        stage.run(session, self.clock.now(session), self.house)
                self._ran_at[stage.name] = now
            except Exception:  # noqa: BLE001  the other stages must go on; this one is tried again in a second
                logs.trouble("worker.stage_failed", stage=stage.name)
                self._failed |= {stage.name}

    def _tell_after(self) -> None:
        """What comes after a tick must not spoil it."""
        for each in self._after:
            try:
                each(self._failed)
            except Exception:  # noqa: BLE001  it is asked again in a second
                logs.trouble("worker.after_tick_failed", what=type(each).__name__)
        self._failed = frozenset()

    def _may_run(self, session: Session) -> bool:
        """Of several workers on PostgreSQL one at a time moves the clockwork; the others try again in a second."""
        if self.database.is_sqlite:
            return True
        return bool(session.scalar(text(f"select pg_try_advisory_xact_lock({CLOCKWORK_LOCK})")))

    def _take_up(self) -> None:
        taken, failed = BATCH, frozenset[int]()
        while taken == BATCH and self._look().messages:
            with self.database.write() as session:
                now = self.clock.now(session)
                taken, more = triage.take_up_waiting(session, now=now, house=self.house, limit=BATCH, skip=failed)
            failed |= more
            self._claim()
            self._settle()
            self._beat()

    def _claim(self) -> None:
        work = self._look()
        if work.pages and self.push.free > 0:
            self._claim_pages()
            work = self._look()  # what was in a bundle with one that is not needed any more may go by itself now
        if work.contacts and self.contacts.free > 0:
            self._claim_messages()
        if work.mails and self.mails.free > 0:
            self._claim_mails()

    def _claim_pages(self) -> None:
        with self.database.write() as session:
            jobs = delivery.claim(
                session, worker=self.name, limit=min(self.push.free, 100), lease=LEASE,
                now=self.clock.now(session), real_now=real_now(), house=self.house,
            )
        self._hold(job.delivery_id for job in jobs)
        for job in jobs:
            self.push.submit(job)

    def _claim_messages(self) -> None:
        with self.database.write() as session:
            messages = delivery.claim_contacts(
                session, worker=self.name, limit=min(self.contacts.free, 20), lease=LEASE,
                now=self.clock.now(session), real_now=real_now(), house=self.house,
            )
        self._hold(message.delivery_id for message in messages)
        for message in messages:
            self.contacts.submit(message)

    def _claim_mails(self) -> None:
        with self.database.write() as session:
            letters = mail.claim(
                session, worker=self.name, limit=min(self.mails.free, 20), lease=LEASE * 4,
                now=self.clock.now(session), real_now=real_now(),
            )
        for letter in letters:
            self.mails.submit(letter)

    def _settle(self) -> None:
        self._pushed += [*self.push.finished(), *self.contacts.finished()]
        self._mailed += self.mails.finished()
        if not self._pushed and not self._mailed:
            return
        with self.database.write() as session:
            now = self.clock.now(session)
            delivery.settle(session, self._pushed, now=now)
            for mail_id, outcome in self._mailed:
                mail.settle(session, mail_id, outcome, now=now)
        for delivery_id, _outcome in self._pushed:
            self._held.pop(delivery_id, None)
        self._pushed, self._mailed = [], []  # kept until they are stored: the database may be locked or full

    def _beat(self) -> None:
        if monotonic() - self._heartbeat_at < HEARTBEAT_EVERY:
            return
        self._heartbeat_at = now = monotonic()
        held = [each for each, since in self._held.items() if now - since < HELD_AT_MOST]
        with self.database.write() as session:
            for name in ("worker", f"worker {self.name}"):
                session.merge(Heartbeat(name=name[:80], at=real_now()))
            delivery.renew(session, self.name, held, real_now() + LEASE)
        presence.release_dead(self.database, self.name)

    def _hold(self, delivery_ids: Iterable[int]) -> None:
        self._held.update(dict.fromkeys(delivery_ids, monotonic()))

    def _look(self) -> pending.Work:
        """In a read transaction: a tick with nothing to do must not take the write lock."""
        with self.database.read() as session:
            return pending.work(session, self.clock.now(session), real_now())
