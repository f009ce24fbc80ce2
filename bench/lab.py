"""The bench's own tools: starting processes and ending only those, a sink, a throw-away PostgreSQL database, memory."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import create_engine, text

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get("WEBCARE_TEST_POSTGRES", "")


class Arrival(NamedTuple):
    """A push at the sink; `at` in seconds of CLOCK_MONOTONIC."""

    at: float
    path: str
    topic: str


class Sink:
    """A running stand-in for a push service."""

    def __init__(self, port: int, secure: bool) -> None:
        self.port, self.secure = port, secure
        self.origin = f"{'https' if secure else 'http'}://127.0.0.1:{port}"

    def log(self) -> list[Arrival]:
        """Everything that arrived since the last reset."""
        return [Arrival(*row) for row in json.loads(self._ask("GET", "/_log"))]

    def reset(self) -> None:
        """Forget what arrived."""
        self._ask("POST", "/_reset")

    def wait_for(self, count: int, seconds: float) -> list[Arrival]:
        """The log as soon as `count` pushes arrived, or what there is after `seconds`."""
        until(lambda: len(self.log()) >= count, seconds, pause=0.02)
        return self.log()

    def _ask(self, method: str, path: str) -> bytes:
        # The certificate is the sender's business; the bench only asks its own process on this machine.
        import ssl

        connection: http.client.HTTPConnection = (
            http.client.HTTPSConnection("127.0.0.1", self.port, timeout=10,
                                        context=ssl._create_unverified_context())  # noqa: S323
            if self.secure else http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        )
        with contextlib.closing(connection):
            connection.request(method, path)
            return connection.getresponse().read()


def until(done: Callable[[], bool], seconds: float, *, pause: float = 0.005) -> bool:
    """Wait until it is so; False when it was not in time."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_listening(port: int) -> bool:
    """Does somebody accept connections there?"""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def spawn(command: list[str], log: Path, environ: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a Python module of the project in a process group of its own; its output goes to `log`."""
    with log.open("ab") as file:
        return subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=dict(os.environ if environ is None else environ), stdout=file,
            stderr=file, start_new_session=True,
        )


def end(process: subprocess.Popen[bytes]) -> None:
    """Stop a process we started, kindly, then not."""
    process.terminate()
    try:
        process.wait(timeout=12)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def sink(folder: Path, *, tls: Path | None = None, delay: float = 0.0) -> Iterator[Sink]:
    """A sink for as long as the block lasts."""
    port = free_port()
    secure = ["--tls", str(tls)] if tls else []
    process = spawn(["-m", "bench.sink", str(port), "--delay", str(delay), *secure], folder / "sink.log")
    try:
        if not until(lambda: is_listening(port), 10):
            raise RuntimeError("the sink did not start")
        yield Sink(port, tls is not None)
    finally:
        end(process)


@contextlib.contextmanager
def store(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database: a SQLite file in the folder, or a PostgreSQL database made for the block."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/{uuid.uuid4().hex[:8]}.db"
        return
    name = f"bench_{uuid.uuid4().hex[:8]}"
    admin = create_engine(f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"create database {name}"))
    try:
        yield f"{POSTGRES}/{name}"
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
        admin.dispose()


def kinds() -> list[str]:
    """The databases of this run."""
    return ["sqlite", "postgres"] if POSTGRES else ["sqlite"]


def family(pid: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(each for child in children for each in family(int(child)))]


def pss(pid: int) -> float:
    """The memory of a process in MiB; shared pages count by their share."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
