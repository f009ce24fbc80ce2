"""The product as it runs in production: gunicorn and the worker as processes of their own, on a migrated SQLite database
with the world of the tests. The business clock stands at Saturday 02:10 and runs on."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import requests

from tests.builders import World, build_world
from tests.fakes import SATURDAY_0210
from tests.push_lab.waiting import wait_for
from webcare_pwa import schema, vapid
from webcare_pwa.clock import real_now
from webcare_pwa.db import Database
from webcare_pwa.models.audit import ClockOffset

ROOT = Path(__file__).resolve().parent.parent.parent


class RunningApp:
    """`with RunningApp(folder, push.base) as running: running.base, running.database, running.world`."""

    def __init__(self, folder: Path, push_host: str, *, processes: int = 1, **more: str) -> None:
        self._folder, self._web = folder, processes
        self.database = Database(f"sqlite:///{folder}/webcare.db")
        self._port = _free_port()
        self.base = f"http://localhost:{self._port}"
        self._environment = {
            **os.environ, "PYTHONDONTWRITEBYTECODE": "1", "WEBCARE_DEMO": "1", "WEBCARE_DATA_DIR": str(folder),
            "WEBCARE_DATABASE_URL": f"sqlite:///{folder}/webcare.db", "WEBCARE_BASE_URL": self.base,
            "WEBCARE_VAPID_KEY_PATH": str(folder / "vapid.pem"), "WEBCARE_VAPID_SUBJECT": "mailto:beheer@corporatie.example",
            "WEBCARE_PUSH_HOSTS": push_host, "WEBCARE_LOG_LEVEL": "INFO", "WEBCARE_SELFTEST_MINUTES": "0",
            **more,
        }
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        vapid.create(self._folder / "vapid.pem")
        schema.upgrade(self.database)
        with self.database.write() as session:
            offset = SATURDAY_0210 - real_now()
            session.add(ClockOffset(id=1, seconds=round(offset.total_seconds())))
            self.world: World = build_world(session, SATURDAY_0210)
        self._start("gunicorn", "app:app", "--bind", f"127.0.0.1:{self._port}", "--worker-class", "gthread", "--threads", "8",
                    "--workers", str(self._web), "--config", "python:webcare_pwa.cli.sharing")
        self.worker = self._start("flask", "--app", "app", "worker")
        try:
            wait_for(self._healthy, f"web and worker; their logs: {self._folder}/*.log", timeout=60)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()
        if error is not None:
            for log in sorted(self._folder.glob("*.log")):
                print(f"--- {log.name}\n{log.read_text()[-6000:]}")  # noqa: T201  for who reads the failure

    def _stop(self) -> None:
        for process in self._processes:
            process.send_signal(signal.SIGCONT)  # a test may have frozen it
            process.terminate()
        for process in self._processes:
            process.wait(20)
        self.database.close()

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{command[0]}.log").open("wb") as log:
            self._processes.append(subprocess.Popen(
                [sys.executable, "-m", *command], cwd=ROOT, env=self._environment, stdout=log, stderr=subprocess.STDOUT))
        return self._processes[-1]

    def _healthy(self) -> bool:
        """Both answer: /healthz is 200 only when the worker beats."""
        assert all(each.poll() is None for each in self._processes), "a process ended by itself"
        try:
            return requests.get(f"{self.base}/healthz", timeout=5).status_code == 200
        except requests.RequestException:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
