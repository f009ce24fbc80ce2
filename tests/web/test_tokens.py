"""API tokens: shown once, kept as a hash, revoked at once."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.web.login import login
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.models.organisation import ApiToken
from webcare_pwa.steps import tokens


def test_a_token_is_shown_once(client: FlaskClient, database: Database, world: World) -> None:
    csrf = login(client, world, "Ada")
    page = client.post("/tokens", data={"csrf_token": csrf, "name": "Callcenter", "organisation": world.waterveen}).text
    found = re.search(r'id="secret">([^<]+)<', page)
    assert found
    with database.read() as session:
        token = session.scalars(select(ApiToken)).one()
    assert token.token_hash == links.digest(found.group(1))
    assert found.group(1) not in client.get("/tokens").text
    assert "Callcenter" in client.get("/tokens").text


def test_a_revoked_token_stays_in_the_list_as_revoked(
    client: FlaskClient, database: Database, world: World, clock: FakeClock
) -> None:
    csrf = login(client, world, "Ada")
    with database.write() as session:
        token, _ = tokens.create(
            session, world.waterveen, "Site", organisations=frozenset({world.waterveen}), by=None, now=clock.moment
        )
    for _ in range(2):
        assert client.post(f"/tokens/{token.id}/revoke", data={"csrf_token": csrf}).status_code == 303
    assert "Ingetrokken op zaterdag 28 november" in client.get("/tokens").text
    with database.read() as session:
        assert session.get_one(ApiToken, token.id).revoked_at == clock.moment


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_token_needs_a_name(client: FlaskClient, world: World, name: str) -> None:
    csrf = login(client, world, "Ada")
    answer = client.post("/tokens", data={"csrf_token": csrf, "name": name, "organisation": world.waterveen})
    assert answer.status_code == 422
    assert "Vul een naam in" in answer.text


@pytest.mark.parametrize("organisation", ["other", "", "x", "٣", "99999999999999999999999"])
def test_a_token_for_another_organisation_is_not_made(
    client: FlaskClient, database: Database, world: World, organisation: str
) -> None:
    csrf = login(client, world, "Ada")
    chosen = str(world.linde) if organisation == "other" else organisation
    answer = client.post("/tokens", data={"csrf_token": csrf, "name": "Site", "organisation": chosen})
    assert answer.status_code == 404
    with database.read() as session:
        assert session.scalars(select(ApiToken)).all() == []
