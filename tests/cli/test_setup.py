"""`flask setup`: with options, and with answers typed at the prompts."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.web.login import csrf_of
from webcare_pwa.cli.setup import setup
from webcare_pwa.db import Database
from webcare_pwa.models.organisation import Organisation

OPTIONS = {
    "--organisation": "Wonen Waterveen", "--slug": "waterveen", "--number": "030 123 45 67", "--hours": "mon-fri 08:00-17:00",
    "--desk": "Dienst", "--administrator": "ada@waterveen.example",
}  # fmt: skip


def words(options: dict[str, str]) -> list[str]:
    return [word for option in options.items() for word in option]


def test_setup_prints_a_link_that_lets_the_administrator_in(app: Flask, database: Database) -> None:
    result = app.test_cli_runner().invoke(setup, words(OPTIONS))
    assert result.exit_code == 0, result.output
    link = result.stdout.strip().splitlines()[-1].removeprefix("http://localhost")
    browser = app.test_client()
    chosen = {"csrf_token": csrf_of(browser.get(link).text), "password": "welterusten allemaal"}
    assert browser.post(link, data=chosen).status_code == 303
    assert browser.get("/people").status_code == 200
    with database.read() as session:
        made = session.scalars(select(Organisation)).one()
        assert len(made.office_hours) == 5


def test_it_asks_for_what_is_not_given(app: Flask, database: Database) -> None:
    typed = "Wonen Waterveen\nwaterveen\n\n030 123 45 67\n\n\nada@waterveen.example\n"  # the first number is empty
    result = app.test_cli_runner().invoke(setup, [], input=typed)
    assert result.exit_code == 0, result.output
    with database.read() as session:
        assert session.scalars(select(Organisation.emergency_number)).one() == "030 123 4567"


@pytest.mark.parametrize(("option", "value"), [
    ("--number", ""), ("--number", "geen"), ("--hours", "altijd"), ("--administrator", "ada"), ("--slug", "Wonen!"),
])  # fmt: skip
def test_what_is_wrong_stops_it_and_nothing_is_stored(app: Flask, database: Database, option: str, value: str) -> None:
    result = app.test_cli_runner().invoke(setup, words({**OPTIONS, option: value}))
    assert result.exit_code != 0
    with database.read() as session:
        assert session.scalars(select(Organisation)).all() == []


def test_a_second_organisation_shares_the_desk_and_the_administrator(app: Flask, database: Database) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(setup, words(OPTIONS)).exit_code == 0
    assert runner.invoke(setup, words(OPTIONS)).exit_code != 0  # the slug is taken
    assert runner.invoke(setup, words({**OPTIONS, "--slug": "linde", "--organisation": "De Linde"})).exit_code == 0
    with database.read() as session:
        assert len(set(session.scalars(select(Organisation.desk_id)))) == 1
