"""`flask devices register`: store a push subscription by hand, as `JSON.stringify(subscription)` writes it."""

from __future__ import annotations

import json
import sys

import click
from flask.cli import AppGroup

from webcare_pwa import vapid
from webcare_pwa.errors import Invalid
from webcare_pwa.models.person import by_email
from webcare_pwa.steps import devices as steps
from webcare_pwa.web.context import clock, database, settings

devices = AppGroup("devices", help="Phones that can be paged.")


@devices.command("register")
@click.option("--person", "email", required=True, help="E-mail address of its owner.")
@click.option("--name", default="Toestel", show_default=True)
@click.option("--waking/--not-waking", default=True, show_default=True, help="Can it wake its owner?")
def register(email: str, name: str, waking: bool) -> None:
    """Read a subscription from standard input and register it. Prints the device's id."""
    try:
        told = json.load(sys.stdin)
        endpoint, p256dh, auth = told["endpoint"], told["keys"]["p256dh"], told["keys"]["auth"]
    except (ValueError, KeyError, TypeError) as error:
        raise click.ClickException(f"standard input is no push subscription: {error}") from error
    with database().write() as session:
        person = by_email(session, email)
        if person is None:
            raise click.ClickException(f"nobody has the address {email}")
        try:
            device = steps.register(
                session, person.id, endpoint=str(endpoint), p256dh=str(p256dh), auth=str(auth),
                vapid_key_id=vapid.key_id(settings()), name=name, platform="", waking=waking, now=clock().now(session),
                allowed=settings().push_hosts,
            )
        except Invalid as error:
            raise click.ClickException(error.message) from error
    click.echo(device.id)
