"""The law on Rooster: what a change breaks is said in the form, and goes on with a reason."""

from __future__ import annotations

import html

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.builders import World
from tests.web.login import login
from tests.web.test_rota import post, rotation, stretch, text_of
from webcare_pwa.db import Database
from webcare_pwa.models.audit import AuditEntry
from webcare_pwa.models.person import Person
from webcare_pwa.models.rota import Override

LONG = {"starts_at": "2026-12-07T08:00", "ends_at": "2026-12-21T08:00"}


def test_a_move_that_breaks_the_law_says_so_and_goes_on_with_a_reason(
    client: FlaskClient, world: World, database: Database
) -> None:
    token = login(client, world, "Carla")
    answer = post(client, token, "/rota/overrides", stretch(world, "Pieter", **LONG))
    page = html.unescape(text_of(answer.text))
    assert answer.status_code == 422
    assert "Dit mag niet van de Arbeidstijdenwet." in page
    assert "Mag niet. Regel R2b, lange vrije tijd (artikel 5:9 lid 2 onder b van de Arbeidstijdenwet)" in page
    assert "Er moet" in page or "Dat moet" in page
    assert "Houd twee keer 48 uur helemaal vrij" in page
    assert '<option value="nobody_else">' in answer.text
    assert answer.text.count('name="law_reason"') == 1
    again = post(client, token, "/rota/overrides", stretch(world, "Pieter", **LONG, law_reason="nobody_else"))
    assert again.status_code == 303
    with database.read() as session:
        assert session.scalar(select(func.count(Override.id))) == 1
        assert session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.act == "rota.unlawful")) == 2
    assert "Regel R2b" in html.unescape(text_of(client.get("/rota").text))


@pytest.mark.parametrize("reason", ["", "x"])
def test_a_team_too_small_is_told_when_the_rotation_is_made(client: FlaskClient, world: World, reason: str) -> None:
    token = login(client, world, "Carla")
    path = f"/rota/lines/{world.lines['first_line']}"
    answer = post(client, token, path, rotation(world, "Pieter", "Tom", law_reason=reason))
    page = html.unescape(text_of(answer.text))
    assert answer.status_code == 422
    assert "Een ploeg van 2 is te klein voor dit rooster: regel R2a" in page
    assert "Met 3 mensen kan het wel" in page


@pytest.mark.parametrize(("who", "seen"), [("Carla", True), ("Samira", False), ("Kees", False)])
def test_only_who_plans_sees_what_the_rota_breaks(client: FlaskClient, world: World, who: str, seen: bool) -> None:
    login(client, world, who)
    assert ("Arbeidstijdenwet" in client.get("/rota").text) is seen


def test_the_command_tells_what_is_broken_and_publishes_with_a_reason(app: Flask, world: World, database: Database) -> None:
    with database.read() as session:
        email = session.get_one(Person, world.people["Carla"]).email
    refused = app.test_cli_runner().invoke(args=["rota", "publish", "--by", email])
    assert refused.exit_code == 1
    assert "Samira de Vries: Regel R2a, vrije dagen (artikel 5:9" in refused.output and "--reason" in refused.output
    made = app.test_cli_runner().invoke(args=["rota", "publish", "--by", email, "--reason", "nobody_else"])
    assert made.exit_code == 0 and "Version 1" in made.output
