"""`report` files a report through the same step as every channel; `migrate` brings a database to this release."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from tests.builders import World
from webcare_pwa import schema
from webcare_pwa.db import Database
from webcare_pwa.models.report import Message, Report


def test_a_report_from_the_command_line_is_stored_with_its_facts(app: Flask, database: Database, world: World) -> None:
    asked = ["report", "waterveen", "Ik ruik gas", "--category", "gaslucht", "--postcode", "1234 ab", "--number", "88"]
    told = app.test_cli_runner().invoke(args=asked)
    assert told.exit_code == 0, told.output
    with database.read() as session:
        report, message = session.scalars(select(Report)).one(), session.scalars(select(Message)).one()
    assert told.output == f"Report {report.id} stored.\n"
    assert (report.organisation_id, message.text, message.judged_at) == (world.waterveen, "Ik ruik gas", None)
    assert (message.facts["category"], message.facts["postcode"], message.facts["house_number"]) == ("gaslucht", "1234AB", 88)


def test_an_organisation_that_does_not_exist_is_said_and_nothing_is_stored(
    app: Flask, database: Database, world: World
) -> None:
    told = app.test_cli_runner().invoke(args=["report", "elders", "Ik ruik gas"])
    assert told.exit_code == 1 and "elders" in told.output
    with database.read() as session:
        assert session.scalars(select(Report)).all() == []


def test_migrate_brings_an_old_database_to_this_release(app: Flask, database: Database) -> None:
    schema.downgrade(database, "base")
    told = app.test_cli_runner().invoke(args=["migrate"])
    assert told.exit_code == 0, told.output
    assert schema.version(database) == schema.head()
