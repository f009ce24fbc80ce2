"""What the worker does after a tick beside its stages, each in its own time and never holding up the next tick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from webcare_pwa import logs
from webcare_pwa.clock import Clock, monotonic, real_now
from webcare_pwa.db import Database
from webcare_pwa.gateways.deadman import DeadMan, Ping
from webcare_pwa.gateways.selftest import SelfTestPhone
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.ports import Delivered
from webcare_pwa.steps import selftest, selftest_world

EVERY = 60.0  # seconds between two calls to the dead-man service

LOOK_EVERY = 1.0  # seconds between two looks at a self-test

AfterTick = Callable[[frozenset[str]], None]


class DeadManCall:
    """Tells the dead-man service once a minute that a tick went well, or which way it did not; the first call says it starts.
    Whether it was heard is kept as a heartbeat, for the health screen."""

    def __init__(self, database: Database, gateway: DeadMan, time: Callable[[], float] = monotonic) -> None:
        self._database, self._gateway, self._time = database, gateway, time
        self._numbers = count(1)
        self._kinds: dict[int, str] = {}
        self._called_at: float | None = None
        self._failed: frozenset[str] = frozenset()

    def __call__(self, failed: frozenset[str]) -> None:
        """`failed`: names of the stages that failed in this tick."""
        self._failed |= failed
        self._hear()
        if self._called_at is None:
            self._call("start")
        elif self._time() - self._called_at < EVERY:
            return
        self._call("fail" if self._failed else "ok")
        self._called_at, self._failed = self._time(), frozenset()

    def _call(self, kind: str) -> None:
        if self._gateway.free > 0:
            number = next(self._numbers)
            self._kinds[number] = kind
            self._gateway.submit(Ping(number, kind))

    def _hear(self) -> None:
        for number, outcome in self._gateway.finished():
            kind, heard = self._kinds.pop(number), isinstance(outcome, Delivered)
            if not heard:
                logs.trouble("deadman.unheard", kind=kind, detail=outcome.detail)
            with self._database.write() as session:
                session.merge(Heartbeat(name="deadman" if heard else "deadman_unheard", at=real_now()))


class SelfTestRun:
    """Begins a self-test when it is time, follows the one that runs, and removes what is older than a day."""

    def __init__(self, database: Database, clock: Clock, phone: SelfTestPhone, secret: str, every: timedelta) -> None:
        self._database, self._clock, self._phone, self._secret, self._every = database, clock, phone, secret, every
        self._prepared = False
        self._looked_at = float("-inf")

    def __call__(self, _failed: frozenset[str]) -> None:
        """A look costs a read; only what must be written takes the lock."""
        if monotonic() - self._looked_at < LOOK_EVERY:
            return
        self._looked_at = monotonic()
        with self._database.read() as session:
            now = self._clock.now(session)
            runs, is_due = selftest.running(session) is not None, selftest.is_due(session, now=now, every=self._every)
        if runs:
            with self._database.write() as session:
                selftest.alone(session)
                selftest.look(session, now=now)
        elif is_due:
            self._begin(now)

    def _begin(self, now: datetime) -> None:
        with self._database.write() as session:
            selftest.alone(session)
            if not self._prepared:
                selftest_world.prepare(session, secret=self._secret, phone=self._phone.phone, now=now)
            selftest_world.clear(session, before=now - selftest.KEPT)
            key = selftest.begin(session, now=now, every=self._every)
        self._prepared = True
        if key:
            self._phone.report(key)
