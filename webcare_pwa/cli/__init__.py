"""The commands of `flask --app app`. One file each; this one only registers them."""

from __future__ import annotations

from flask import Flask

from webcare_pwa.cli import demo, devices, keys, migrate, report, serve, setup, who, worker


def register(app: Flask) -> None:
    """Add all commands."""
    for command in (
        demo.demo, devices.devices, keys.vapid_keys, migrate.migrate, report.report, serve.serve, serve.run_demo,
        setup.setup, who.who, worker.worker,
    ):
        app.cli.add_command(command)
