"""`flask --app app setup`: the first steps of a real installation. Asks for what is not given as an option."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from webcare_pwa import schema
from webcare_pwa.clock import real_now
from webcare_pwa.errors import Invalid
from webcare_pwa.rules import contact_details, hours_text
from webcare_pwa.steps import founding
from webcare_pwa.web.context import clock, database, settings


def _phone(_context: click.Context, _option: click.Parameter, number: str) -> str:
    if not contact_details.phone(number):
        raise click.BadParameter("an organisation needs a telephone number that is answered day and night.")
    return number


def _hours(_context: click.Context, _option: click.Parameter, text: str) -> str:
    try:
        hours_text.parse(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    return text


@click.command("setup")
@click.option("--organisation", "name", prompt="Name of the organisation", help="As tenants know it.")
@click.option("--slug", prompt="Short name in addresses", help="Small letters, digits and dashes.")
@click.option("--number", prompt="24-hour number", callback=_phone, help="Stands on every page and message to tenants.")
@click.option(
    "--hours", prompt="Office hours", default="mon-fri 08:00-17:00", callback=_hours,
    help="For example 'mon-thu 08:00-17:00, fri 08:00-12:00', or 'closed'.",
)  # fmt: skip
@click.option("--desk", prompt="Desk (group of duty people)", default="Storingsdienst", help="Shared by name.")
@click.option("--administrator", "email", prompt="E-mail of the first administrator")
@click.option("--administrator-name", "person", default="", help="Default: the e-mail address.")
@with_appcontext
def setup(name: str, slug: str, number: str, hours: str, desk: str, email: str, person: str) -> None:
    """Add an organisation with its number, hours, desk and first administrator; prints his access link (7 days)."""
    schema.upgrade(database())
    try:
        with database().write() as session:
            now = clock().now(session)
            group = founding.desk(session, desk, now=now)
            made = founding.organisation(
                session, desk_id=group.id, slug=slug, name=name, number=number, hours=hours_text.parse(hours), now=now
            )
            link = founding.administrator(
                session, made, name=person, email=email, base_url=settings().base_url, now=now, real_now=real_now()
            )
    except Invalid as error:
        details = "; ".join(f"{field}: {sentence}" for field, sentence in error.fields.items())
        raise click.ClickException(details or error.message) from error
    click.echo(f"{made.name} is ready. {email} chooses a password here, once, within 7 days:", err=True)
    click.echo(link)
