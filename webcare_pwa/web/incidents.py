"""Reading incidents: the list, the page, its live part, and photos."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, make_response, render_template, request

from webcare_pwa.models import situations
from webcare_pwa.models.situation import Situation
from webcare_pwa.models.walls import jpeg_of
from webcare_pwa.web import case_page
from webcare_pwa.web.context import allowed_organisations, clock, database, house
from webcare_pwa.web.countdown import countdown

bp = Blueprint("incidents", __name__)

RECENT = timedelta(days=14)
LONGEST_SEARCH = 80


@bp.get("/incidents")
def index() -> str:
    """Open incidents and those of the last two weeks; `q` finds by number, address, complex or category."""
    wanted = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    with database().read() as session:
        now = clock().now(session)
        found = situations.recent(
            session, allowed_organisations(), since=now - RECENT, now=now, rulebook=house().rulebook)
    shown = [each for each in found if matches(each, wanted)]
    return render_template(
        "incidents/index.html", now=now, wanted=wanted, countdown=countdown,
        open=[each for each in shown if each.is_open and (wanted or not each.is_under)],
        closed=[each for each in shown if not each.is_open and (wanted or not each.is_under)])


@bp.get("/incidents/<int:incident_id>")
def show(incident_id: int) -> Response:
    """Everything about one incident."""
    return case_page.show(incident_id, allowed_organisations())


@bp.get("/incidents/<int:incident_id>/state")
def state(incident_id: int) -> str:
    """The live part of the page: state, proof, timeline and the act under the thumb."""
    with database().read() as session:
        page = case_page.gather(session, incident_id, allowed_organisations())
    return render_template("incidents/_live.html", page=page, now=page.now)


@bp.get("/photos/<int:photo_id>")
def photo(photo_id: int) -> Response:
    """A tenant's photo; kept by the browser only, as it shows somebody's home."""
    with database().read() as session:
        response = make_response(jpeg_of(session, photo_id, allowed_organisations()))
    response.mimetype = "image/jpeg"
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


def matches(situation: Situation, wanted: str) -> bool:
    """Does every word of the search occur in the incident's number, place, names or category?"""
    facts, building = situation.facts, situation.complex
    hay = " ".join((
        str(situation.incident.id), *(str(report.id) for report in situation.reports), situation.place, facts.postcode,
        facts.address, facts.city, facts.name, situation.title, building.name if building else "",
    )).casefold()
    return all(word in hay for word in wanted.casefold().split())
