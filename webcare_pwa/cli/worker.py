"""`flask --app app worker`: takes up reports, calls people, sends. Exactly one on SQLite; one or more on PostgreSQL."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import FrameType

import click
from flask.cli import with_appcontext

from webcare_pwa import logs, meaning, presence, wake
from webcare_pwa.cli.readiness import refuse_unready
from webcare_pwa.cli.sharing import SWITCH_INTERVAL
from webcare_pwa.waiter import Waiter
from webcare_pwa.web.context import services


@click.command("worker")
@click.option("--name", default="", help="Begin of its name in logs and leases (default: the host's name).")
@with_appcontext
def worker(name: str) -> None:
    """Run the worker until it is told to stop."""
    # The push and mail libraries are loaded here and not above: the web process imports this module too.
    from webcare_pwa.cli.contact_gateways import contact_gateways
    from webcare_pwa.cli.guards import Guards
    from webcare_pwa.gateways.mail import SmtpMail
    from webcare_pwa.gateways.webpush import WebPushGateway
    from webcare_pwa.worker import Worker

    its = services()
    refuse_unready(its.database)
    with _only_one(its.settings.data_dir / "worker.lock", its.database.is_sqlite):
        wake.disconnect(its.database)
        sys.setswitchinterval(SWITCH_INTERVAL)  # the sending thread need not wait for the deciding one
        own = presence.own_name(name)
        waiter = Waiter(its.database, its.settings.data_dir, name=own)
        guards = Guards(its, waiter.nudge)
        push = WebPushGateway(its.settings, on_finished=waiter.nudge, routes=guards.push_routes)
        mails = SmtpMail(its.settings, wake=waiter.nudge)
        contacts = contact_gateways(its.settings, waiter.nudge)
        house = replace(its.house, meaning=meaning.load())
        runner = Worker(its.database, its.clock, house, push, mails, contacts, own, guards.after)
        logs.hop("worker.started", pid=os.getpid(), name=runner.name)
        try:
            runner.run(waiter, _stop_on_signal(waiter))
        finally:
            push.close()
            contacts.close()
            mails.close()
            guards.close()
            waiter.close()
            logs.hop("worker.stopped", pid=os.getpid())


def _stop_on_signal(waiter: Waiter) -> Event:
    stop = Event()

    def _end(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        waiter.nudge()

    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    return stop


@contextmanager
def _only_one(path: Path, needed: bool) -> Iterator[None]:
    """Hold the lock for as long as the worker runs; the system lets go of it when the process dies, however it dies."""
    if not needed:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise click.ClickException("A worker is running already on this SQLite database. This one stops.") from None
        yield
