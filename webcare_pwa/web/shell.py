"""What the frame of a staff page needs to know: the time, the desk, the menu, and whether the worker is alive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, current_app, g, request, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.clock import real_now
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.rota import Desk
from webcare_pwa.rules.access import CASE_READERS, PLANNERS
from webcare_pwa.rules.viewer import Viewer
from webcare_pwa.rules.watching import SILENT_AFTER
from webcare_pwa.web.context import clock, database, settings, viewer

ON_A_PHONE = 5  # more links than this do not fit under a thumb

# endpoint, icon, word, who sees it; in the order of the menu
MENU = (
    ("home.now", "duty", "Nu", None),
    ("intake.new", "report", "Melden", CASE_READERS),
    ("rota.index", "rota", "Rooster", None),
    ("handover.index", "handover", "Overdracht", CASE_READERS),
    ("devices.index", "device", "Toestellen", None),
    ("people.index", "manage", "Beheer", PLANNERS),
)

FAMILY = {"calendar": "rota", "feeds": "rota"}  # screens that belong to another place of the menu


@dataclass(frozen=True)
class Link:
    """One place in the menu. `wide_only`: no room for it on a phone (it is reached from Nu there)."""

    address: str
    icon: str
    word: str
    current: bool
    wide_only: bool


@dataclass(frozen=True)
class Shell:
    """Facts of the frame. `now` is the business clock; `worker_silent_since` is None when all is well."""

    now: datetime
    desk: str
    demo: bool
    worker_silent_since: datetime | None
    links: tuple[Link, ...]


def install(app: Flask) -> None:
    """Let templates call `shell()`."""
    app.add_template_global(shell)


def shell() -> Shell:
    """The frame of this request, looked up once."""
    if "shell" not in g:
        g.shell = _look()
    found: Shell = g.shell
    return found


def _look() -> Shell:
    who = viewer() if current_user.is_authenticated else None
    with database().read() as session:
        now = clock().now(session)
        silent_since = _worker_silent_since(session, now) if who or request.endpoint == "auth.login" else None
        desk = _desk(session, who) if who else "Storingsdienst"
    return Shell(now, desk, settings().demo, silent_since, _links(who) if who else ())


def _worker_silent_since(session: Session, now: datetime) -> datetime | None:
    """On the business clock, as people read it. A house where no worker ever ran (tests) has nothing to report."""
    beat = session.get(Heartbeat, "worker")
    silence = real_now() - beat.at if beat else timedelta()
    return now - silence if silence > SILENT_AFTER else None


def _desk(session: Session, who: Viewer) -> str:
    names = session.scalars(
        select(Desk.name).join(Organisation, Organisation.desk_id == Desk.id)
        .where(Organisation.id.in_(who.organisations())).distinct().order_by(Desk.name)
    ).all()
    return names[0] if len(names) == 1 else "Storingsdienst"


def _links(who: Viewer) -> tuple[Link, ...]:
    seen = [each for each in MENU if (each[3] is None or who.has(*each[3])) and each[0] in current_app.view_functions]
    too_many = len(seen) > ON_A_PHONE
    here = FAMILY.get(request.blueprint or "", request.blueprint)
    return tuple(
        Link(url_for(endpoint), icon, word, current=here == endpoint.partition(".")[0],
             wide_only=too_many and endpoint == "devices.index")
        for endpoint, icon, word, _ in seen
    )
