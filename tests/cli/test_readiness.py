"""Neither web process nor worker starts on an old schema, or with an organisation that cannot be telephoned."""

from __future__ import annotations

import click
import pytest
from flask import Flask
from sqlalchemy import text

from tests.builders import World
from webcare_pwa import schema
from webcare_pwa.cli.readiness import refuse_unready
from webcare_pwa.cli.serve import serve
from webcare_pwa.cli.worker import worker
from webcare_pwa.db import Database
from webcare_pwa.models.organisation import Organisation


def test_a_ready_house_starts(database: Database, world: World) -> None:
    refuse_unready(database)


@pytest.mark.parametrize("number", ["", "bel ons", "112"])
@pytest.mark.parametrize("command", [serve, worker])
def test_an_organisation_without_a_number_stops_the_start(
    app: Flask, database: Database, world: World, number: str, command: click.Command
) -> None:
    with database.write() as session:
        session.get_one(Organisation, world.linde).emergency_number = number
    result = app.test_cli_runner().invoke(command, [])
    assert result.exit_code == 1
    assert "linde" in result.output and "waterveen" not in result.output


def test_an_old_schema_stops_the_start(app: Flask, database: Database) -> None:
    schema.downgrade(database, "base")
    result = app.test_cli_runner().invoke(worker, [])
    assert result.exit_code == 1
    assert "flask migrate" in result.output


def test_a_newer_schema_does_not_stop_a_process_of_this_release(app: Flask, database: Database, world: World) -> None:
    with database.write() as session:
        session.execute(text("update alembic_version set version_num = '9999'"))
    refuse_unready(database)
