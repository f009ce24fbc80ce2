"""Logs a test's browser in through the real form, CSRF token and all."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from tests.builders import PASSWORD, World


def csrf_of(html: str) -> str:
    """The CSRF token in a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found, "the page has no CSRF token"
    return found.group(1)


def login(client: FlaskClient, world: World, name: str) -> str:
    """Log in as somebody of the world; returns a CSRF token that his later posts may use."""
    token = csrf_of(client.get("/login").text)
    answer = client.post(
        "/login",
        data={
            "csrf_token": token,
            "email": world.email(name),
            "password": PASSWORD,
            "remember": "yes",
            "next": "/login",
        },
    )
    assert answer.status_code == 303, answer.text
    return token
