"""A browser that acts on an incident, and the rows it leaves."""

from __future__ import annotations

from typing import TypeVar

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.builders import World
from tests.web.login import login
from tests.web.night import Night
from webcare_pwa.db import Base

Row = TypeVar("Row", bound=Base)


class Browser:
    """Somebody who is logged in and presses buttons."""

    def __init__(self, app: Flask, world: World, name: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.csrf = login(self.client, world, name)
        self.name, self.taps = name, 0

    def does(self, incident: int, act: str, **fields: str) -> TestResponse:
        self.taps += 1
        form = {"csrf_token": self.csrf, "client_token": f"{self.name}-{self.taps}", **fields}
        return self.client.post(f"/incidents/{incident}/{act}", data=form)

    def sees(self, incident: int) -> str:
        return self.client.get(f"/incidents/{incident}").text


def rows(night: Night, model: type[Row]) -> list[Row]:
    with night.database.read() as session:
        return list(session.scalars(select(model)))
