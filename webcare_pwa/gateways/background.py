"""The shape of every HTTP gateway: jobs go to a loop in a thread of its own, outcomes are collected later, each once.

A job that breaks or hangs takes no other along; what is in hand when the process dies is left to the leases.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

import aiohttp

from webcare_pwa.ports import Outcome, TryAgain


class Job(Protocol):
    """Anything that is sent for a delivery."""

    @property
    def delivery_id(self) -> int:
        """The delivery it is sent for."""


SomeJob = TypeVar("SomeJob", bound=Job)


class Background(ABC, Generic[SomeJob]):
    """Sends `at_once` jobs side by side, and takes `in_hand` of them before it says it is full (keeps leases short)."""

    def __init__(self, name: str, *, at_once: int, in_hand: int, on_finished: Callable[[], None]) -> None:
        self._at_once, self._most, self._on_finished = at_once, in_hand, on_finished
        self._done: queue.SimpleQueue[tuple[int, Outcome]] = queue.SimpleQueue()
        self._in_hand = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._lock = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()
        self._session, self._slots = asyncio.run_coroutine_threadsafe(self._begin(), self._loop).result()

    @abstractmethod
    def _connect(self) -> aiohttp.ClientSession:
        """The pool of connections; called once, inside the loop."""

    @abstractmethod
    async def _send(self, job: SomeJob) -> Outcome:
        """Send one job; an expected refusal is an outcome, never an exception."""

    @property
    def free(self) -> int:
        """How many more jobs may be submitted now."""
        return self._most - self._in_hand

    @property
    def busy(self) -> bool:
        """Are there jobs whose outcome was not collected yet?"""
        return self._in_hand > 0

    def submit(self, job: SomeJob) -> None:
        """Start sending one job."""
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

    def close(self) -> None:
        """Stop; what is in hand is left to the leases."""
        asyncio.run_coroutine_threadsafe(self._session.close(), self._loop).result(timeout=5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._loop.close()

    async def _begin(self) -> tuple[aiohttp.ClientSession, asyncio.Semaphore]:
        return self._connect(), asyncio.Semaphore(self._at_once)

    def _start(self, job: SomeJob) -> None:
        task = self._loop.create_task(self._run(job))
        self._tasks.add(task)  # the loop itself holds tasks weakly
        task.add_done_callback(self._tasks.discard)

    async def _run(self, job: SomeJob) -> None:
        try:
            async with self._slots:
                outcome = await self._send(job)
        except Exception as error:  # noqa: BLE001  one broken job must not take the others along
            outcome = TryAgain(detail=f"fout: {type(error).__name__}")
        self._done.put((job.delivery_id, outcome))
        self._on_finished()
