"""`flask --app app rota`: the rota as a document. `FILE_COMMANDS` work on a file alone, without settings or database."""

from __future__ import annotations

import click

from webcare_pwa.cli.rota_check import check
from webcare_pwa.cli.rota_database import export, import_, publish
from webcare_pwa.cli.rota_files import shifts, who

FILE_COMMANDS: tuple[click.Command, ...] = (who, shifts, check)
DATABASE_COMMANDS: tuple[click.Command, ...] = (import_, export, publish)

rota = click.Group("rota", help="The rota as a document (docs/rota-format.md): ask it, check it, read it in, write it out.")
for command in (*FILE_COMMANDS, *DATABASE_COMMANDS):
    rota.add_command(command)
