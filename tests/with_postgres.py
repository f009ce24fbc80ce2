"""Runs a command with a throw-away PostgreSQL cluster; its address is in WEBCARE_TEST_POSTGRES.

PostgreSQL refuses to run as root, so as root the cluster belongs to the user `postgres`.
Usage: python tests/with_postgres.py COMMAND [ARG ...]
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Start, run, stop; the exit status is the command's."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [Path(shutil.which("initdb") or "").parent]
    folder = tempfile.mkdtemp(prefix="webcare-pg-")
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_postgres:
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
    control = [*as_postgres, f"{programs[-1]}/pg_ctl", "-s", "-w", "-D", f"{folder}/data"]
    quiet = {"stdout": subprocess.DEVNULL, "cwd": "/"}
    try:
        subprocess.run([*as_postgres, f"{programs[-1]}/initdb", "-A", "trust", "-U", "postgres", "-D", f"{folder}/data"],
                       check=True, **quiet)  # type: ignore[call-overload]
        subprocess.run([*control, "-l", f"{folder}/log", "-o", options, "start"], check=True, **quiet)  # type: ignore[call-overload]
        address = f"postgresql+psycopg://postgres@127.0.0.1:{port}"
        return subprocess.run(sys.argv[1:], env={**os.environ, "WEBCARE_TEST_POSTGRES": address}).returncode
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, **quiet)  # type: ignore[call-overload]
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
