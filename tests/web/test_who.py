"""The command `who`: the same answer as the screen and the pages."""

from __future__ import annotations

import re

from flask import Flask

from tests.builders import World
from webcare_pwa.cli.who import who
from webcare_pwa.db import Database
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps import planning


def test_who(app: Flask, world: World, database: Database) -> None:
    with database.write() as session:
        planning.move_shift(
            session, world.lines["backup"], world.people["Pieter"], parse("2026-11-28T02:00"), parse("2026-11-28T09:00"),
            by=world.people["Carla"], now=parse("2026-11-27T12:00"),
        )  # fmt: skip
    runner = app.test_cli_runner()
    answer = runner.invoke(who, [])
    assert "Dienstgroep Waterveen, Sat 2026-11-28 02:10 CET (on duty)" in answer.output
    assert re.search(r"first_line +Samira de Vries +until Mon 2026-11-30 08:00 CET", answer.output)
    assert re.search(r"backup +Pieter de Vries +until Sat 2026-11-28 09:00 CET", answer.output)
    assert re.search(r"day_line +nobody\s*$", answer.output)
    later = runner.invoke(who, ["--at", "2026-11-30T08:00"])
    assert re.search(r"first_line +Tom de Vries", later.output)
    assert "(offices open)" in later.output
    assert "CET" in runner.invoke(who, ["--at", "2026-11-30T08:00+01:00"]).output
    refused = runner.invoke(who, ["--at", "straks"])
    assert refused.exit_code == 1
    assert "not an ISO date" in refused.output
