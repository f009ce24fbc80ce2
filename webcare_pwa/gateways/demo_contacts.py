"""Messages by contact methods in the demo, where no provider is set up: taken, written to the log, sent to nobody. The numbers
of the demo's people are invented; whoever has them must never hear of us."""

from __future__ import annotations

import threading
from collections.abc import Callable

from webcare_pwa import logs
from webcare_pwa.ports import ContactJob, Delivered, Outcome

AT_ONCE = 100


class DemoContacts:
    """A `ContactGateway` that ends at the log. Only for demo settings, which production refuses."""

    def __init__(self, on_finished: Callable[[], None] = lambda: None) -> None:
        self._on_finished, self._lock = on_finished, threading.Lock()
        self._done: list[tuple[int, Outcome]] = []

    @property
    def free(self) -> int:
        """How many more messages may be submitted now."""
        return AT_ONCE

    def submit(self, job: ContactJob) -> None:
        """Take one message."""
        logs.hop("contact.demo", delivery_id=job.delivery_id, kind=job.kind, title=job.title)
        with self._lock:
            self._done.append((job.delivery_id, Delivered("proefomgeving: nergens heen gestuurd")))
        self._on_finished()

    def finished(self) -> list[tuple[int, Outcome]]:
        """Delivery ids with their outcomes since the last call, each once."""
        with self._lock:
            done, self._done = self._done, []
        return done

    def close(self) -> None:
        """Nothing is kept open."""
