"""What the API needs from the running app. It may not import the screens, so it asks for the same services itself."""

from __future__ import annotations

from typing import Protocol, cast

from flask import current_app

from webcare_pwa.clock import Clock
from webcare_pwa.db import Database
from webcare_pwa.house import House


class Services(Protocol):
    """The part of the app's services that the API uses."""

    @property
    def database(self) -> Database:
        """The app's database."""

    @property
    def clock(self) -> Clock:
        """The business clock."""

    @property
    def house(self) -> House:
        """Address, key and rulebook."""


def services() -> Services:
    """The services of the current app."""
    return cast(Services, current_app.extensions["webcare"])
