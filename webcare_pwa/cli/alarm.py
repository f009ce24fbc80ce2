"""`flask --app app alarm`: tells coordinators and everybody on duty that the service stands still, or runs again.

The web process starts it when the worker is silent (`watcher.py`) and hands it the list of whom to tell; it needs no worker,
and the database only to write down that it was done.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from webcare_pwa import logs
from webcare_pwa.clock import real_now
from webcare_pwa.steps import alarm_messages, watching
from webcare_pwa.steps.call_list import call_list
from webcare_pwa.web.context import Services, services


@click.command("alarm")
@click.option("--key", default="", help="Which alarm this is; without it the list comes from the database, as a rehearsal.")
@with_appcontext
def alarm(key: str) -> None:
    """Send the alarm by push, contact methods and mail."""
    from webcare_pwa.cli.sending import send_all

    its = services()
    whom = json.load(sys.stdin) if key else _whom(its)
    messages = alarm_messages.write(whom, again=key.endswith(watching.AGAIN), key=key, house=its.house)
    reached, tried = send_all(messages, its.settings)
    logs.hop("alarm.sent", key=key, tried=tried, taken=reached)
    if not reached:
        raise click.ClickException(f"Of {tried} messages none was taken by a service.")
    if key:
        _write_down(its, key)


def _whom(its: Services) -> dict[str, Any]:
    with its.database.read() as session:
        return call_list(session, now=its.clock.now(session))


def _write_down(its: Services, key: str) -> None:
    """The alarm was heard; when this cannot be stored it is sent again after the lease, which is better than not at all."""
    try:
        with its.database.write(queued=False) as session:
            watching.sent(session, key, real_now=real_now())
    except SQLAlchemyError:
        logs.trouble("alarm.not_written_down", key=key)
