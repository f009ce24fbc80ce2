"""What a view needs from the running app: database, clock, settings, rulebook and who is looking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app, g
from flask_login import current_user

from webcare_pwa.clock import Clock
from webcare_pwa.db import Database
from webcare_pwa.errors import NotAllowed
from webcare_pwa.house import House
from webcare_pwa.rules.viewer import Viewer
from webcare_pwa.settings import Settings


@dataclass(frozen=True)
class Services:
    """Everything the factory wired for this process."""

    settings: Settings
    database: Database
    clock: Clock
    house: House


def services() -> Services:
    """The services of the current app."""
    return cast(Services, current_app.extensions["webcare"])


def database() -> Database:
    """The app's database: `with database().write() as session: ...`."""
    return services().database


def settings() -> Settings:
    """The app's settings."""
    return services().settings


def clock() -> Clock:
    """The business clock: `now = clock().now(session)`, once per request."""
    return services().clock


def house() -> House:
    """Base address, key and rulebook, for the steps that write texts and links."""
    return services().house


def viewer() -> Viewer:
    """Who is logged in. Raises `NotAllowed` when nobody is (the guard has sent him to the login page before that)."""
    if not current_user.is_authenticated:
        raise NotAllowed("U bent niet ingelogd.")
    return cast(Viewer, current_user.viewer)


def allowed_organisations() -> frozenset[int]:
    """Ids of the organisations whose rows the viewer may touch at this endpoint; set by the guard for each request."""
    return cast(frozenset[int], g.organisations)
