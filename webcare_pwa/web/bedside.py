"""Nachtstand: the phone beside the bed with its screen on. It makes its own sound and says every 30 seconds that it is awake;
the answer names the open calls, so that it rings when no page came through."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webcare_pwa.errors import Invalid
from webcare_pwa.labels import word
from webcare_pwa.models import bedside as rows
from webcare_pwa.rules.bedside import EVERY, OFF, state
from webcare_pwa.steps import bedside
from webcare_pwa.web import this_device
from webcare_pwa.web.context import clock, database, viewer
from webcare_pwa.web.respond import done

bp = Blueprint("bedside", __name__)


@bp.app_template_global("bedside_state")
def bedside_state() -> tuple[str, rows.Bedside | None]:
    """How the viewer's own bedside mode stands: on, silent or off."""
    with database().read() as session:
        now = clock().now(session)
        row = rows.current(session, [viewer().person_id], now).get(viewer().person_id)
        return (state(row.seen_at, row.ended_at, now), row) if row else (OFF, None)


@bp.get("/nachtstand")
def show() -> str:
    """The page that stays open all night."""
    return render_template("bedside/index.html", every=int(EVERY.total_seconds()))


@bp.post("/nachtstand/heartbeats")
def beat() -> tuple[Response, int]:
    """One heartbeat. `on` is false when it was switched off elsewhere."""
    try:
        with database().write() as session:
            now = clock().now(session)
            row = bedside.beat(session, viewer().person_id, request.form.get("client_token", ""),
                               device_id=this_device.claimed(), now=now)
            calls = bedside.ringing(session, viewer().person_id, now=now)
            on = row.ended_at is None
    except Invalid as error:
        return jsonify(title=error.message), 422
    ring = [{"id": each.alert_id, "title": f"{word(each.urgency, 'urgency')}: incident {each.incident_id}",
             "url": url_for("incidents.show", incident_id=each.incident_id)} for each in calls]
    return jsonify(on=on, ring=ring if on else []), 200


@bp.post("/nachtstand/end")
def end() -> ResponseReturnValue:
    """Switch it off."""
    with database().write() as session:
        bedside.end(session, viewer().person_id, now=clock().now(session))
    return done(url_for("home.now"))
