"""Overdracht: last night in fifteen minutes, item by item."""

from __future__ import annotations

from datetime import date, datetime, time

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webcare_pwa.models.walls import require_incident
from webcare_pwa.rules.access import ENDPOINTS
from webcare_pwa.rules.wall_time import instant
from webcare_pwa.steps import handover, night
from webcare_pwa.web.context import allowed_organisations, clock, database, house, viewer
from webcare_pwa.web.respond import done

bp = Blueprint("handover", __name__)

YEARS = range(2000, 2200)
NOON = time(12)  # the night of a date is the one that ended that morning


@bp.get("/handover")
def index() -> Response:
    """The newest night of the viewer's organisations, or with ?date= the one before that date."""
    at = _moment(request.args.get("date", ""))
    with database().read() as session:
        now = clock().now(session)
        nights = night.night_list(session, allowed_organisations(), now=now, rulebook=house().rulebook, at=at)
    waiting = [item for each in nights for item in each.waiting]
    items = [item for each in nights for item in each.items]
    page = render_template(
        "handover/index.html", nights=nights, now=now, current=_chosen(waiting), accepted=len(items) - len(waiting),
        total=len(items), may_accept=_may_accept(), date=request.args.get("date", "") if at else "", me=viewer().person_id,
    )  # fmt: skip
    return make_response(page)


@bp.post("/handover/<int:incident_id>")
def accept(incident_id: int) -> ResponseReturnValue:
    """Ik neem dit aan."""
    with database().write() as session:
        require_incident(session, incident_id, allowed_organisations())
        handover.accept(
            session, incident_id, by=viewer().person_id, note=request.form.get("note", ""), now=clock().now(session)
        )
    asked = request.form.get("date", "")
    return done(url_for("handover.index", date=asked if _moment(asked) else None))


def _moment(text: str) -> datetime | None:
    """Noon of a date like 2026-11-28; None when it is no date of our time."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return instant(day, NOON) if day.year in YEARS else None


def _chosen(waiting: list[night.Item]) -> night.Item | None:
    """The item that lies open: the one that was asked for, else the worst."""
    wanted = request.args.get("incident", "")
    return next((item for item in waiting if str(item.situation.incident.id) == wanted), waiting[0] if waiting else None)


def _may_accept() -> frozenset[int]:
    return viewer().organisations(frozenset(ENDPOINTS["handover.accept"]))
