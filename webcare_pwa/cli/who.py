"""`flask --app app who`: who is on duty, from the same function that decides who is paged."""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from webcare_pwa.clock import local
from webcare_pwa.models import plan as plans
from webcare_pwa.models.rota import Desk
from webcare_pwa.rules.rota import Shift, shift_at
from webcare_pwa.rules.rota_plan import FOREVER
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps import rota
from webcare_pwa.steps.standing import standing
from webcare_pwa.web.context import clock, database


@click.command("who")
@click.option("--at", "text", default="", help="ISO date and time; without offset it is Dutch wall time. Default: now.")
@with_appcontext
def who(text: str) -> None:
    """Print per desk and line who is on duty, and until when."""
    with database().read() as session:
        try:
            at = parse(text) if text else clock().now(session)
        except (ValueError, OverflowError) as error:
            raise click.ClickException(f"{text!r} is not an ISO date and time, like 2026-11-28T02:10.") from error
        for desk in plans.real_desks(session):
            _print(session, desk, at)


def _print(session: Session, desk: Desk, at: datetime) -> None:
    plan = plans.rota_plan(session, desk.id)
    duty = "on duty" if rota.desk_is_on_duty(session, desk.id, at) else "offices open"
    click.echo(f"{desk.name}, {local(at):%a %Y-%m-%d %H:%M %Z} ({duty})")
    shifts = [shift_at(plan, line.code, at) for line in desk.lines]
    names = plans.names_of(session, {shift.person_id for shift in shifts if shift.person_id is not None})
    for shift in shifts:
        click.echo(f"  {shift.line:<12}{_name(shift, names):<28}{_until(shift)}")
    if standing(session, desk.id, at).swapped:
        click.echo("  the backup is called first: the first line did not confirm the rehearsal")


def _name(shift: Shift, names: dict[int, str]) -> str:
    if shift.person_id is not None:
        return names[shift.person_id]
    return "nobody" if shift.planned_id is None else "nobody (who is planned may not)"


def _until(shift: Shift) -> str:
    return "" if shift.ends_at == FOREVER else f"until {local(shift.ends_at):%a %Y-%m-%d %H:%M %Z}"
