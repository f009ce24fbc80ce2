"""The worker's own loop in a thread, with a push service that only notes what it gets: for faults that take real time."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

from tests.steps.engine import HOUSE, RecordingContacts, RecordingMail, RecordingPush
from webcare_pwa import presence, wake
from webcare_pwa.clock import Clock
from webcare_pwa.db import Database
from webcare_pwa.waiter import Waiter
from webcare_pwa.worker import Worker


class RunningWorker:
    """`with RunningWorker(database, folder, clock) as its: its.push.jobs`. It has a database object of its own, as a process
    would have."""

    def __init__(self, database: Database, folder: Path, clock: Clock) -> None:
        self.database = Database(database.engine.url.render_as_string(hide_password=False))
        wake.connect(database, folder)
        self.push, self._stop = RecordingPush(), Event()
        name = presence.own_name("test")
        self.waiter = Waiter(self.database, folder, name=name)
        self.worker = Worker(self.database, clock, HOUSE, self.push, RecordingMail(), RecordingContacts(), name)
        self._thread = Thread(target=self.worker.run, args=(self.waiter, self._stop))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        self.waiter.nudge()
        self._thread.join(30)
        self.waiter.close()
        self.database.close()
