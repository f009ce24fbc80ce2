"""`flask --app app report`: file a report from the command line, through the same step as every channel."""

from __future__ import annotations

import json
import secrets

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from webcare_pwa.models.organisation import Organisation
from webcare_pwa.ports import Inbound
from webcare_pwa.steps import intake
from webcare_pwa.web.context import clock, database


@click.command("report")
@click.argument("organisation")
@click.argument("text")
@click.option("--category", default="", help="Id of a fault category, for example lekkage_ernstig.")
@click.option("--postcode", default="")
@click.option("--number", "house_number", type=int)
@click.option("--email", default="")
@click.option("--danger", is_flag=True, help="As if the tenant pressed 'Ja' at the danger gate.")
@with_appcontext
def report(
    organisation: str, text: str, category: str, postcode: str, house_number: int | None, email: str, danger: bool
) -> None:
    """Store TEXT as a report for ORGANISATION (its slug); prints the number."""
    facts = {"category": category, "postcode": postcode.replace(" ", "").upper(), "house_number": house_number,
             "email": email, "danger": danger}
    with database().write() as session:
        organisation_id = session.scalar(select(Organisation.id).where(Organisation.slug == organisation))
        if organisation_id is None:
            raise click.ClickException(f"There is no organisation {organisation!r}.")
        stored = intake.receive(
            session,
            Inbound(organisation_id=organisation_id, channel="phone", external_id=f"cli-{secrets.token_hex(8)}",
                    raw=json.dumps({"text": text, **facts}), text=text, facts=facts),
            now=clock().now(session),
        )
        number = stored.id
    click.echo(f"Report {number} stored.")
