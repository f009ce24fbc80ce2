"""Web Push (RFC 8030, 8291, 8292): one vendor library for the encryption, one kept-alive pool for the sending.

`webpush()` of the library is not used: it opens a connection per push, follows redirects and by default never times out.
Here: no redirects, a deadline over the whole exchange, a VAPID token cached per push service, and every job for itself.
"""

from __future__ import annotations

import asyncio
import queue
import ssl
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

import aiohttp
from pywebpush import WebPusher

from webcare_pwa.gateways.public_addresses import PublicResolver
from webcare_pwa.gateways.push_answers import outcome_of
from webcare_pwa.gateways.vapid_tokens import VapidTokens
from webcare_pwa.ports import Outcome, PushJob, Refused, TryAgain
from webcare_pwa.rules.push_endpoints import check
from webcare_pwa.settings import Settings

DEADLINE = 10.0  # seconds for one push, all in
AT_ONCE = 48  # open sends; more wait in the loop
IN_HAND = 400  # jobs submitted and not yet finished; keeps leases short


class WebPushGateway:
    """Sends in the background on a loop of its own; see `ports.PushGateway`."""

    def __init__(self, settings: Settings, on_finished: Callable[[], None] = lambda: None) -> None:
        self._extra = settings.push_hosts
        self._tokens = VapidTokens(settings.vapid_private_key_file, settings.vapid_subject)
        self._on_finished = on_finished
        self._done: queue.SimpleQueue[tuple[int, Outcome]] = queue.SimpleQueue()
        self._in_hand = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._lock = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="webpush", daemon=True)
        self._thread.start()
        self._session, self._slots = asyncio.run_coroutine_threadsafe(self._open(), self._loop).result()

    @property
    def free(self) -> int:
        """How many more jobs may be submitted now."""
        return IN_HAND - self._in_hand

    def submit(self, job: PushJob) -> None:
        """Start sending one push."""
        with self._lock:
            self._in_hand += 1
        self._loop.call_soon_threadsafe(self._start, job)

    def finished(self) -> list[tuple[int, Outcome]]:
        """What came back since the last call."""
        found = []
        while not self._done.empty():
            found.append(self._done.get_nowait())
        with self._lock:
            self._in_hand -= len(found)
        return found

    @property
    def busy(self) -> bool:
        """Are there jobs whose outcome was not collected yet?"""
        return self._in_hand > 0

    def close(self) -> None:
        """Stop; what is in hand is left to the leases."""
        asyncio.run_coroutine_threadsafe(self._session.close(), self._loop).result(timeout=5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._loop.close()

    async def _open(self) -> tuple[aiohttp.ClientSession, asyncio.Semaphore]:
        connector = aiohttp.TCPConnector(
            limit=AT_ONCE, keepalive_timeout=75, ssl=ssl.create_default_context(),
            resolver=PublicResolver(allowed={urlsplit(each).hostname or "" for each in self._extra}),
        )
        session = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=DEADLINE))
        return session, asyncio.Semaphore(AT_ONCE)

    def _start(self, job: PushJob) -> None:
        task = self._loop.create_task(self._run(job))
        self._tasks.add(task)  # the loop itself holds tasks weakly
        task.add_done_callback(self._tasks.discard)

    async def _run(self, job: PushJob) -> None:
        try:
            async with self._slots:
                outcome = await self._send(job)
        except Exception as error:  # noqa: BLE001  one broken device must not take the others along
            outcome = TryAgain(detail=f"fout: {type(error).__name__}")
        self._done.put((job.delivery_id, outcome))
        self._on_finished()

    async def _send(self, job: PushJob) -> Outcome:
        wrong = check(job.endpoint, self._extra)
        if wrong:
            return Refused(wrong)
        try:
            pusher = WebPusher({"endpoint": job.endpoint, "keys": {"p256dh": job.p256dh, "auth": job.auth}})
            body = pusher.encode(job.payload)["body"]
        except Exception as error:  # noqa: BLE001  the library raises many kinds for keys that are none
            return Refused(f"sleutels onbruikbaar: {type(error).__name__}")
        headers = {
            "Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream", "TTL": str(job.ttl),
            "Urgency": job.urgency, "Topic": job.topic, "Authorization": self._tokens.header(job.endpoint),
        }
        try:
            async with self._session.post(job.endpoint, data=body, headers=headers, allow_redirects=False) as answer:
                return outcome_of(answer.status, answer.headers.get("Retry-After"))
        except TimeoutError:
            return TryAgain(detail="geen antwoord op tijd")
        except aiohttp.ClientError as error:
            return TryAgain(detail=f"verbinding: {type(error).__name__}")
