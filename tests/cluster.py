"""A PostgreSQL cluster of our own, thrown away afterwards. PostgreSQL refuses to run as root, so as root it belongs to the user
`postgres`."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self


class Cluster:
    """`with Cluster() as cluster: cluster.address`; it can be stopped and started in between."""

    def __init__(self) -> None:
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [Path(shutil.which("initdb") or "").parent]
        self._programs = programs[-1]
        self._as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.address = f"postgresql+psycopg://postgres@127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        self._folder = tempfile.mkdtemp(prefix="webcare-pg-")
        if self._as_postgres:
            shutil.chown(self._folder, "postgres")
        self._run(f"{self._programs}/initdb", "-A", "trust", "-U", "postgres", "-D", f"{self._folder}/data")
        try:
            self.start()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop(check=False)
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-p {self._port} -k {self._folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
        self._control("-l", f"{self._folder}/log", "-o", options, "start")

    def stop(self, *, check: bool = True) -> None:
        """Stop it as a crash would: every connection breaks."""
        self._control("-m", "immediate", "stop", check=check)

    def _control(self, *words: str, check: bool = True) -> None:
        self._run(f"{self._programs}/pg_ctl", "-s", "-w", "-D", f"{self._folder}/data", *words, check=check)

    def _run(self, *command: str, check: bool = True) -> None:
        subprocess.run([*self._as_postgres, *command], check=check, stdout=subprocess.DEVNULL, cwd="/")
