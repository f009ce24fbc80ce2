"""What must be true before a process may start: the schema of this release, and a 24-hour number for every organisation."""

from __future__ import annotations

import click

from webcare_pwa import logs, schema
from webcare_pwa.db import Database
from webcare_pwa.models.organisation import without_number


def refuse_unready(database: Database) -> None:
    """Raises `click.ClickException` that says what to do."""
    found, wanted = schema.version(database), schema.head()
    if found is None or wanted is None or found < wanted:  # newer is fine: a migration only adds (docs/adr/0007)
        raise click.ClickException(f"The database is at schema {found}, this release needs {wanted}. Run: flask migrate")
    with database.read() as session:
        silent = without_number(session)
    if silent:
        logs.trouble("start.refused", without_number=silent)
        raise click.ClickException(
            f"No 24-hour telephone number for: {', '.join(silent)}. It stands on every page for tenants; nothing may start."
        )
