"""The commands of `flask --app app`. One file each; this one only registers them."""

from __future__ import annotations

from flask import Flask

from webcare_pwa.cli.alarm import alarm
from webcare_pwa.cli.backup import backup, restore
from webcare_pwa.cli.demo import demo
from webcare_pwa.cli.devices import devices
from webcare_pwa.cli.keys import vapid_keys
from webcare_pwa.cli.migrate import migrate
from webcare_pwa.cli.report import report
from webcare_pwa.cli.rota import rota
from webcare_pwa.cli.serve import run_demo, serve
from webcare_pwa.cli.setup import setup
from webcare_pwa.cli.triage import triage
from webcare_pwa.cli.who import who
from webcare_pwa.cli.worker import worker


def register(app: Flask) -> None:
    """Add all commands."""
    for command in (
        alarm, backup, demo, devices, migrate, report, restore, rota, run_demo, serve, setup, triage, vapid_keys, who, worker,
    ):
        app.cli.add_command(command)
