"""`flask --app app serve`: production web process. `flask --app app run-demo`: web and worker together, for `make run`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import click
from flask.cli import with_appcontext

from webcare_pwa import vapid
from webcare_pwa.cli.demo import fill_when_empty, tell
from webcare_pwa.cli.readiness import refuse_unready
from webcare_pwa.settings import Settings
from webcare_pwa.web.context import database, settings

PROCESSES, THREADS = 2, 8


@click.command("serve")
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address to listen on; a TLS proxy stands in front.")
@click.option("--processes", default=PROCESSES, show_default=True)
@with_appcontext
def serve(bind: str, processes: int) -> None:
    """Serve the web app with gunicorn. Refuses demo settings."""
    its = settings()
    if its.demo:
        raise click.ClickException("These are demo settings (WEBCARE_DEMO=1). Use 'make run' for the demo.")
    refuse_unready(database())
    os.execv(sys.executable, web_command(its, bind, processes))  # noqa: S606  replaces this process, no shell


def web_command(its: Settings, bind: str, processes: int) -> list[str]:
    """The gunicorn command line. Its heartbeat files lie in memory, so that a slow disk does not get a worker killed."""
    shared_memory = ["--worker-tmp-dir", "/dev/shm"] if os.path.isdir("/dev/shm") else []  # noqa: S108, PTH112
    return [
        sys.executable, "-m", "gunicorn", "app:app", "--bind", bind, "--workers", str(processes), "--worker-class",
        "gthread", "--threads", str(THREADS), "--config", "python:webcare_pwa.cli.sharing",
        "--log-level", its.log_level.lower(), "--graceful-timeout", "10", *shared_memory,
    ]


@click.command("run-demo")
@click.option("--port", default=8000, show_default=True)
@with_appcontext
def run_demo(port: int) -> None:
    """Build the demo when there is nothing yet, then run web and worker until Ctrl-C; when one of them ends, both end."""
    its = settings()
    if not its.demo:
        raise click.ClickException("Only with demo settings (WEBCARE_DEMO=1).")
    vapid.create(its.vapid_private_key_file)
    fill_when_empty()
    tell()
    commands = [web_command(its, f"127.0.0.1:{port}", PROCESSES), [sys.executable, "-m", "flask", "--app", "app", "worker"]]
    running = [subprocess.Popen(command, start_new_session=True) for command in commands]  # noqa: S603  our own commands
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while all(process.poll() is None for process in running):
            time.sleep(0.2)
        raise click.ClickException("One of the processes ended by itself; see the lines above.")
    except KeyboardInterrupt:
        pass
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=15)
