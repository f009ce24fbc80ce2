"""`flask --app app migrate`: bring the database to the schema of this release."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from webcare_pwa import schema
from webcare_pwa.web.context import database


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Run the migrations that are missing."""
    schema.upgrade(database())
    click.echo(f"The schema is at {schema.version(database())}.")
