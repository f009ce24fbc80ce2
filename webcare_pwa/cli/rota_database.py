"""`rota import` and `rota export`: a document into the database and out of it."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.cli.rota_document import BadInput, file_argument, read_document
from webcare_pwa.clock import local
from webcare_pwa.models.person import Person
from webcare_pwa.models.plan import real_desks
from webcare_pwa.rules.fields import Faults
from webcare_pwa.rules.rota_file import parse
from webcare_pwa.steps import lawful, lawful_publishing, publishing, rota_export, rota_import
from webcare_pwa.web.context import clock, database

desk_option = click.option("--desk", "name", default="", help="Name of the desk; not needed when there is one.")


@click.command("import")
@file_argument
@desk_option
@click.option("--by", "email", required=True, help="E-mail address of who does it; stands in the log.")
@click.option("--replace", is_flag=True, help="Take the place of the rota that the desk has, the past included.")
@with_appcontext
def import_(path: Path, name: str, email: str, replace: bool) -> None:
    """Read a rota document into a desk. People are known by their e-mail addresses."""
    document = read_document(path, parse)
    with database().write() as session:
        by = _person(session, email)
        try:
            rota_import.take_in(
                session, _desk(session, name), document, by=by, now=clock().now(session), replace=replace
            )
        except Faults as faults:
            raise BadInput("\n".join(f"{path}: {line}" for line in faults.lines)) from faults
    click.echo(f"{path} is in the database.", err=True)


@click.command("export")
@desk_option
@with_appcontext
def export(name: str) -> None:
    """Print the rota of a desk as a document."""
    with database().read() as session:
        click.echo(json.dumps(rota_export.written(session, _desk(session, name)), ensure_ascii=False, indent=1))


@click.command("publish")
@desk_option
@click.option("--days", type=click.IntRange(1, publishing.LONGEST), default=56, show_default=True, help="How far ahead.")
@click.option("--by", "email", required=True, help="E-mail address of who does it; stands in the log.")
@click.option("--reason", type=click.Choice(sorted(lawful.REASONS)), default=None, help="Why, when it breaks the law.")
@with_appcontext
def publish(name: str, days: int, email: str, reason: str | None) -> None:
    """Publish the rota of a desk from now on: a version, worked out to shifts. What breaks the working-time law is told and not
    published, unless there is a reason."""
    with database().write() as session:
        by, desk = _person(session, email), _desk(session, name)
        try:
            made = lawful_publishing.publish(
                session, desk, days=days, reason=reason or "", by=by, now=clock().now(session)
            )
        except lawful.Unlawful as unlawful:
            told = [f"{name}: {breach.message} {breach.remedy}" for name, breach in unlawful.told]
            raise click.ClickException("\n".join([*told, "Not published. --reason says why it must be."])) from unlawful
        click.echo(f"Version {made.number}, up to {local(made.ends_at):%Y-%m-%d %H:%M}.", err=True)


def _person(session: Session, email: str) -> int:
    found = session.scalar(select(Person.id).where(Person.email == email.strip().lower()))
    if found is None:
        raise BadInput(f"--by: nobody has the e-mail address {email!r}.")
    return found


def _desk(session: Session, name: str) -> int:
    desks = real_desks(session)
    found = [desk.id for desk in desks if name in ("", desk.name)]
    if len(found) != 1:
        raise BadInput(f"--desk: which one? There are: {', '.join(sorted(desk.name for desk in desks)) or 'none'}.")
    return found[0]
