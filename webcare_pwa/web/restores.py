"""After a backup was put back: which cases call nobody, and calling about them again, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webcare_pwa.models import restores, situations
from webcare_pwa.models.walls import require_incident
from webcare_pwa.rules.access import ENDPOINTS
from webcare_pwa.rules.viewer import Viewer
from webcare_pwa.steps import restoring
from webcare_pwa.web.context import allowed_organisations, clock, database, house, viewer
from webcare_pwa.web.respond import done

bp = Blueprint("restores", __name__)


@dataclass(frozen=True)
class Notice:
    """The red bar on Nu."""

    at: datetime
    sentence: str


@bp.get("/restores")
def index() -> str:
    """The list of what a restore holds back."""
    with database().read() as session:
        now = clock().now(session)
        ids = restoring.urgent_held(session, allowed_organisations())
        cases = [
            situations.load(session, each, allowed_organisations(), now=now, rulebook=house().rulebook) for each in ids
        ]
        at, unseen = restores.restored_at(session), restores.unseen(session)
    may_see = viewer().has(*frozenset(ENDPOINTS["restores.see"]))
    return render_template("restores/index.html", cases=cases, at=at, unseen=unseen, may_see=may_see, now=now)


@bp.post("/restores/incidents/<int:incident_id>")
def resume(incident_id: int) -> ResponseReturnValue:
    """Oproep hervatten."""
    with database().write() as session:
        require_incident(session, incident_id, allowed_organisations())
        restoring.resume(session, incident_id, by=viewer().person_id, now=clock().now(session), house=house())
    flash("De oproep begint opnieuw.")
    return done(url_for("restores.index"))


@bp.post("/restores/seen")
def see() -> ResponseReturnValue:
    """Gezien."""
    with database().write() as session:
        restoring.see(session, by=viewer().person_id, now=clock().now(session))
    return done(url_for("home.now"))


def notice(session: Session, me: Viewer) -> Notice | None:
    """What Nu says about it to who may resume; None when nothing was put back or somebody went through the list."""
    at = restores.unseen(session)
    mine = me.organisations(frozenset(ENDPOINTS["restores.index"]))
    if at is None or not mine:
        return None
    return Notice(at, restoring.note_of(len(restoring.urgent_held(session, mine))))
