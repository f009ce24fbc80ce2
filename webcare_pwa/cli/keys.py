"""`flask vapid-keys`: make the key pair towards the push services, once."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from webcare_pwa import vapid
from webcare_pwa.web.context import settings


@click.command("vapid-keys")
@with_appcontext
def vapid_keys() -> None:
    """Make the VAPID key file when there is none, and print the public key. Never overwrites: every phone that was
    registered with the old key would be lost."""
    path = settings().vapid_private_key_file
    made = vapid.create(path)
    click.echo(f"{'Made' if made else 'Kept'} {path}. Keep a copy in a safe place.", err=True)
    click.echo(vapid.public_key(settings()))
