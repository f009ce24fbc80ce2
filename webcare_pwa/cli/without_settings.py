"""The commands that work when the environment holds no settings: those that only read a file. Any other command ends with what
is wrong with the settings, and nothing can be served."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import AppGroup

from webcare_pwa.cli.rota import FILE_COMMANDS
from webcare_pwa.cli.triage import triage


class _Few(AppGroup):
    """Some commands; for every other name the message."""

    message = ""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """A command, or the end of the process."""
        found = super().get_command(ctx, cmd_name)
        if found is None:
            raise SystemExit(self.message)
        return found


def app_without_settings(message: str) -> Flask:
    """An app with these commands only. Ends the process when anything but a command line asks (a server, `flask run`)."""
    asked_by = click.get_current_context(silent=True)
    if asked_by is None or asked_by.parent is not None:
        raise SystemExit(message)
    app = Flask("webcare_pwa")
    files = _Few("rota")
    for command in FILE_COMMANDS:
        files.add_command(command)
    app.cli = _Few("webcare")
    app.cli.add_command(files)
    app.cli.add_command(triage)
    for group in (files, app.cli):
        group.message = message
    return app
