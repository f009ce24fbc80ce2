"""Login sessions: a signed cookie with person and session version, held against the database at each request.

Raising a person's `session_version` or disabling him therefore ends all his sessions at once.
"""

from __future__ import annotations

from flask import Flask, session
from flask_login import LoginManager, login_user, logout_user

from webcare_pwa.models import person as people
from webcare_pwa.rules.viewer import Viewer
from webcare_pwa.web.context import database

_manager = LoginManager()
_manager.session_protection = None  # a phone changes its address all night


class SignedIn:
    """Who is logged in, as Flask-Login wants to see him."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, person: people.Person) -> None:
        self._login_id = f"{person.id}:{person.session_version}"
        self.viewer = viewer_of(person)

    def get_id(self) -> str:
        """What the cookie holds."""
        return self._login_id


def install(app: Flask) -> None:
    """Let Flask-Login find the person of a request."""
    _manager.init_app(app)
    _manager.user_loader(_load)


def start(person: people.Person, *, remember: bool) -> None:
    """Log somebody in on this browser."""
    session.permanent = remember
    login_user(SignedIn(person), remember=remember)


def end() -> None:
    """Log out on this browser. The push subscription is not touched."""
    logout_user()


def viewer_of(person: people.Person) -> Viewer:
    """The person with his roles."""
    return Viewer(
        person_id=person.id,
        name=person.name,
        email=person.email,
        roles=frozenset((role.organisation_id, role.role) for role in person.roles),
    )


def _load(login_id: str) -> SignedIn | None:
    number, _, version = login_id.partition(":")
    if not number.isdigit() or not version.isdigit():
        return None
    with database().read() as db:
        person = people.enabled(db, int(number))
        return SignedIn(person) if person and person.session_version == int(version) else None
