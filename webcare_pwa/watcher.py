"""The watcher: a thread in each web process that looks whether the worker lives, with no request needed. It sends nothing
itself; it starts `flask --app app alarm` as a process of its own, so that the web process loads no sending code.

Normally a row decides which of the watchers alarms. When the database cannot be written or read (a worker frozen in the middle
of a write holds SQLite's lock for ever), a file in the data folder does, and the list of whom to call is the last one known.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from webcare_pwa import logs
from webcare_pwa.clock import Clock, real_now
from webcare_pwa.db import Database
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.rules.watching import SILENT_AFTER
from webcare_pwa.steps import watching
from webcare_pwa.steps.call_list import call_list

EVERY = 5.0  # seconds
ASLEEP = timedelta(seconds=30)  # between two looks: this process itself stood still, so what it sees is old
ROOT = Path(__file__).resolve().parent.parent
UNWRITTEN = "database"  # the key of an alarm for which no row could be written

Launch = Callable[[str, dict[str, Any]], "subprocess.Popen[bytes] | None"]


def launch(key: str, whom: dict[str, Any]) -> subprocess.Popen[bytes] | None:
    """Start the sender; it gets the list on its standard input."""
    command = [sys.executable, "-m", "flask", "--app", "app", "alarm", "--key", key]
    sender = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603  our own command
    if sender.stdin:
        with sender.stdin as pipe:
            pipe.write(json.dumps(whom).encode())
    return sender


class Watcher:
    """One web process's look at the worker."""

    def __init__(self, database: Database, clock: Clock, data_dir: Path, start: Launch = launch) -> None:
        self._database, self._clock, self._start = database, clock, start
        self._mark = data_dir / "watcher.alarm"
        self._whom: dict[str, Any] = {}
        self._since: datetime | None = None
        self._looked = self._read_at = self._listed_at = datetime.min.replace(tzinfo=UTC)
        self._senders: list[tuple[str, subprocess.Popen[bytes]]] = []

    def run(self, stop: Event) -> None:
        """Look every few seconds until told to stop, whatever happens."""
        while not stop.wait(EVERY):
            try:
                self.look(real_now())
            except Exception:  # noqa: BLE001  a watcher that dies is the silence it should break
                logs.trouble("watcher.failed")

    def look(self, now: datetime) -> None:
        """Once: is anything due, and is it ours?"""
        if self._since is None or now - self._looked > ASLEEP:
            self._since = self._read_at = now
        self._looked = now
        self._collect()
        try:
            with self._database.read() as session:
                key = watching.due(session, watched_since=self._since, real_now=now)
                if key or now - self._listed_at > SILENT_AFTER:
                    self._whom, self._listed_at = call_list(session, now=self._clock.now(session)), now
        except SQLAlchemyError:
            logs.trouble("watcher.database_lost")
            if now - self._read_at > SILENT_AFTER:
                self._without_a_row()
            return
        self._read_at = now
        if key:
            self._by_row(key, now)
        elif self._mark.exists() and self._worker_lives(now):
            self._unmark_and_tell()

    def _by_row(self, key: str, now: datetime) -> None:
        try:
            with self._database.write(queued=False) as session:
                ours = watching.claim(session, key, real_now=now)
                told = ours and self._mark.exists() and not key.endswith(watching.AGAIN)
                if told:  # without a row it went out before
                    watching.sent(session, key, real_now=now)
        except SQLAlchemyError:
            logs.trouble("watcher.claim_failed", key=key)
            if not key.endswith(watching.AGAIN):
                self._without_a_row()
            return
        if ours:
            self._mark.unlink(missing_ok=True)
        if ours and not told:
            self._send(key)

    def _without_a_row(self) -> None:
        """One file per machine instead of a row: who makes it sends."""
        try:
            self._mark.touch(exist_ok=False)
        except FileExistsError:
            return
        self._send(UNWRITTEN)

    def _unmark_and_tell(self) -> None:
        try:
            self._mark.unlink()
        except FileNotFoundError:  # the other process was first
            return
        self._send(UNWRITTEN + watching.AGAIN)

    def _worker_lives(self, now: datetime) -> bool:
        with self._database.read() as session:
            beat = session.get(Heartbeat, watching.WORKER)
        return beat is not None and now - beat.at <= SILENT_AFTER

    def _send(self, key: str) -> None:
        logs.trouble("watcher.alarm", key=key)
        sender = self._start(key, self._whom)
        if sender is not None:
            self._senders.append((key, sender))

    def _collect(self) -> None:
        """Senders that ended. One that failed without a row is tried again; with a row the lease sees to it."""
        for key, sender in [each for each in self._senders if each[1].poll() is not None]:
            self._senders.remove((key, sender))
            if sender.returncode:
                logs.trouble("watcher.sender_failed", key=key, code=sender.returncode)
                if key == UNWRITTEN:
                    self._mark.unlink(missing_ok=True)


def start(database: Database, clock: Clock, data_dir: Path) -> Thread:
    """Watch in a thread that ends with the process."""
    thread = Thread(target=Watcher(database, clock, data_dir).run, args=[Event()], name="watcher", daemon=True)
    thread.start()
    return thread
