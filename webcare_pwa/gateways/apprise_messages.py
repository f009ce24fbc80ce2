"""Messages by SMS, ntfy, Pushover, Telegram and Teams, through Apprise in a few threads.

Apprise says yes or no. The guard round `requests` adds the status of the answer, and that is all there is to go by: whether a
number exists, whether a topic has a reader or a chat was left, a provider often says with 200 or 201 and finds out later. So
`Delivered` means that it took the message, never that anybody has it; only the receiver's own answer proves that. A "no" in
the text of a 200 is seen, the reason of it is not; nor is the provider's own number of the message, so there is no `vendor_id`.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import apprise

from webcare_pwa import logs
from webcare_pwa.gateways.apprise_services import service
from webcare_pwa.gateways.guarded_requests import Exchange, guarded, install
from webcare_pwa.gateways.push_answers import outcome_of
from webcare_pwa.ports import ContactJob, Delivered, OurFault, Outcome, Refused, TryAgain
from webcare_pwa.rules.contact_kinds import PUSHOVER, SMS, TELEGRAM
from webcare_pwa.settings import Settings

THREADS = 8
DEADLINE = 10.0  # seconds for one message, all in

# Where one key of ours stands for everybody: no key, no credit, no such account. The other kinds carry the receiver's own key.
# Telegram says 401 or 404 to a wrong bot token, and 403 when the receiver sent the bot away.
OUR_ACCOUNT = {SMS: (401, 402, 403, 404), PUSHOVER: (401, 403), TELEGRAM: (401, 404)}

logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its lines carry addresses and keys


class AppriseMessages:
    """A `ContactGateway`. `on_finished` is called from a thread of ours whenever a message is finished."""

    def __init__(
        self, settings: Settings, on_finished: Callable[[], None] = lambda: None, *, deadline: float = DEADLINE
    ) -> None:
        install()
        self._settings, self._on_finished, self._deadline = settings, on_finished, deadline
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="contacts")
        self._done: queue.SimpleQueue[tuple[int, Outcome]] = queue.SimpleQueue()
        self._in_hand = 0
        self._lock = threading.Lock()
        self._closed = False

    @property
    def free(self) -> int:
        """How many more messages may be submitted now: no more than there are threads, which keeps leases short."""
        with self._lock:
            return 0 if self._closed else max(0, THREADS - self._in_hand)

    def submit(self, job: ContactJob) -> None:
        """Start sending one message."""
        with self._lock:
            self._in_hand += 1
        self._pool.submit(self._run, job)

    def finished(self) -> list[tuple[int, Outcome]]:
        """Delivery ids with their outcomes since the last call, each once."""
        found = []
        while not self._done.empty():
            found.append(self._done.get_nowait())
        with self._lock:
            self._in_hand -= len(found)
        return found

    def close(self) -> None:
        """Take no more, and wait for what is under way (at most the deadline)."""
        self._closed = True
        self._pool.shutdown(wait=True)

    def _run(self, job: ContactJob) -> None:
        try:
            outcome = self._send(job)
        except Exception:  # noqa: BLE001  one broken message must not take a thread along
            logs.trouble("contact.crashed", delivery_id=job.delivery_id, kind=job.kind)
            outcome = TryAgain(detail="fout bij het versturen")
        self._done.put((job.delivery_id, outcome))
        self._on_finished()

    def _send(self, job: ContactJob) -> Outcome:
        asset = apprise.AppriseAsset(
            app_id="Storingsdienst", async_mode=False, http_redirects=False, storage_mode=apprise.PersistentStoreMode.MEMORY
        )
        found = service(job, self._settings)
        if found is None:
            return OurFault("deze manier is hier niet ingesteld")
        make, values = found
        try:
            target = make(**values, cto=self._deadline, rto=self._deadline, asset=asset)
        except TypeError:  # Apprise's word for an address or key of the wrong form
            return Refused("dit adres of deze sleutel is niet te gebruiken")
        with guarded(allowed=frozenset(self._settings.contact_hosts), deadline=self._deadline) as exchange:
            taken = target.notify(
                body=f"{job.body}\n{job.url}", title=job.title, notify_type=apprise.NotifyType.FAILURE,
                body_format=apprise.NotifyFormat.TEXT,
            )
        return _outcome(job.kind, bool(taken), exchange)


def _outcome(kind: str, taken: bool, exchange: Exchange) -> Outcome:
    """The last answer decides; without one it is Apprise's yes or no."""
    if exchange.refused:
        return Refused("het adres is niet openbaar")
    late = exchange.left <= 0
    if exchange.answers and (taken or not late):
        status, retry_after = exchange.answers[-1]
        if status in OUR_ACCOUNT.get(kind, ()):
            return OurFault(f"http {status}")
        found = outcome_of(status, retry_after)
        if isinstance(found, Delivered) and not taken:
            return Refused(f"http {status}, maar niet aangenomen")
        return found
    if taken:
        return Delivered("aangenomen")
    return TryAgain(detail="geen antwoord op tijd" if late else "geen verbinding")
