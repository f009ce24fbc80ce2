"""`flask --app app demo`: build the believable night, and say where to look."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from webcare_pwa import labels, schema
from webcare_pwa.clock import local
from webcare_pwa.demo import book, build
from webcare_pwa.labels import dates
from webcare_pwa.web.context import clock, database, house, settings


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Only when there is nothing yet; what is there stays and its clock runs on.")
@click.option("--reset", is_flag=True, help="Throw everything away but the keys, and jump to the next Saturday 02:05.")
@with_appcontext
def demo(if_empty: bool, reset: bool) -> None:
    """Build the demo and print who can log in. Only with demo settings (WEBCARE_DEMO=1)."""
    if not settings().demo:
        raise click.ClickException("Only with demo settings (WEBCARE_DEMO=1): this would throw real data away.")
    empty = fill_when_empty()
    if not (empty or if_empty or reset):
        raise click.ClickException("There is data already. Use --reset to throw it away.")
    if reset and not empty:
        build.build(database(), clock(), house())
    tell()


def fill_when_empty() -> bool:
    """Bring the schema up and build the demo in an empty database; tells whether it was empty."""
    schema.upgrade(database())
    empty = build.is_empty(database())
    if empty:
        build.build(database(), clock(), house())
    return empty


def tell() -> None:
    """Print the address, who can log in, and where the demo clock stands."""
    with database().read() as session:
        now = local(clock().now(session))
    address = settings().base_url
    click.echo(f"Demo. Its clock stands at {dates.DAYS[now.weekday()]} {now:%d-%m-%Y %H:%M} (Amsterdam) and runs on.")
    click.echo(f"  {address}/login      password of everybody: {book.load()['password']}")
    for login in build.logins(database()):
        roles = ", ".join(labels.word(role, "role").lower() for role in login.roles)
        click.echo(f"    {login.email:<28} {login.name:<18} {roles}")
    for slug in book.load()["organisations"]:
        click.echo(f"  {address}/melden/{slug}      report as a tenant")
