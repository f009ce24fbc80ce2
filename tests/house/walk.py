"""Walking the URL map as somebody of one of two organisations."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.house.two_sides import Side
from webcare_pwa.db import Database
from webcare_pwa.rules.access import ROLES

NUMBERED = (
    "incident_id", "transfer_id", "photo_id", "line_id", "override_id", "token_id", "device_id", "method_id", "person_id",
    "desk_id", "feed_id",
)
WORDS = {"category": "lekkage_ernstig", "filename": "css/app.css", "token": "onbekend", "urgency": "spoed",
         "period": "2026-11"}


@dataclass
class House:
    """The app on a database that can be put back as it was."""

    app: Flask
    database: Database
    file: Path
    original: Path
    here: Side
    there: Side

    def restore(self) -> None:
        self.database.close()
        for leftover in ("-wal", "-shm"):
            self.file.with_name(self.file.name + leftover).unlink(missing_ok=True)
        shutil.copy(self.original, self.file)

    def browser(self, person: int | None) -> FlaskClient:
        """A browser in which somebody is logged in."""
        client = self.app.test_client()
        client.environ_base["HTTP_ORIGIN"] = "http://localhost"  # what browsers say of a form on our own pages
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        if person is not None:
            with client.session_transaction() as session:
                session["_user_id"] = f"{person}:1"
        return client


def address(house: House, rule: Rule, side: Side, *, mixed: Side | None = None) -> str:
    """The address of a rule with the numbers of one side; with `mixed` the last number is the other side's."""
    values: dict[str, object] = {}
    for name in rule.arguments:
        values[name] = side.numbers[name] if name in NUMBERED else WORDS.get(name, side.slug)
    if rule.endpoint.startswith("cases."):
        values["token"] = side.case_token
    if mixed:
        last = next(name for name in reversed(NUMBERED) if name in rule.arguments)
        values[last] = mixed.numbers[last]
    with house.app.test_request_context():
        return str(house.app.url_map.bind("localhost").build(rule.endpoint, values, append_unknown=False))


def calls(house: House, endpoint: str) -> Iterator[tuple[Rule, str]]:
    for rule in house.app.url_map.iter_rules(endpoint):
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            yield rule, method


def outcome(answer: TestResponse) -> str:
    """login | denied | missing | broken | in"""
    if answer.status_code == 303 and answer.location.startswith("/login?"):
        return "login"
    if answer.status_code == 500:
        return "broken"
    return {403: "denied", 404: "missing"}.get(answer.status_code, "in")


ACTORS: list[str | None] = [None, *ROLES]
