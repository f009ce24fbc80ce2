"""Rooster: who is on duty, moving single shifts by hand, and the weekly rotation of a line."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, make_response, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from webcare_pwa import clock as clocks
from webcare_pwa.errors import Invalid
from webcare_pwa.labels import dates
from webcare_pwa.models import plan as plans
from webcare_pwa.models.bedside import silent_since
from webcare_pwa.models.walls import line_for, override_for
from webcare_pwa.rules.access import PLANNERS
from webcare_pwa.steps import gaps, joining, lawful, planning, roster
from webcare_pwa.web.context import allowed_organisations, clock, database, viewer
from webcare_pwa.web.respond import done
from webcare_pwa.web.rota_forms import read_move, read_rotation, typed_rotation

bp = Blueprint("rota", __name__)


@bp.app_template_filter("short_day")
def short_day(moment: datetime) -> str:
    """za 28 nov (Dutch wall time)."""
    at = clocks.local(moment)
    return f"{dates.DAYS_SHORT[at.weekday()]} {at.day} {dates.MONTHS_SHORT[at.month - 1]}"


@bp.get("/rota")
def index() -> Response:
    """The coming four weeks of the viewer's desks, his own shifts first."""
    return _index(allowed_organisations(), MultiDict(), None)


@bp.post("/rota/overrides")
def override() -> BaseResponse:
    """Move one stretch of a line to somebody by hand."""
    try:
        move = read_move(request.form)
        with database().write() as session:
            line_for(session, move.line_id, allowed_organisations())
            lawful.move_shift(
                session, move.line_id, move.person_id, move.starts_at, move.ends_at,
                reason=request.form.get("law_reason", ""), by=viewer().person_id, now=clock().now(session),
            )  # fmt: skip
    except Invalid as mistake:
        return _index(viewer().organisations(), request.form, mistake)
    return done(url_for("rota.index") + "#moves")


@bp.post("/rota/overrides/<int:override_id>/withdrawal")
def withdraw(override_id: int) -> BaseResponse:
    """Undo a move from now on."""
    with database().write() as session:
        override_for(session, override_id, allowed_organisations())
        planning.withdraw(session, override_id, by=viewer().person_id, now=clock().now(session))
    return done(url_for("rota.index") + "#moves")


@bp.route("/rota/lines/<int:line_id>", methods=["GET", "POST"])
def line(line_id: int) -> BaseResponse:
    """See and replace the weekly rotation of a line."""
    if request.method == "GET":
        return _line(line_id, None)
    try:
        with database().write() as session:
            found = line_for(session, line_id, allowed_organisations())
            rotation = read_rotation(request.form)
            lawful.edit_rotation(
                session, found.id, members=rotation.members, starts_on=rotation.starts_on, handoff=rotation.handoff,
                weeks=rotation.weeks, reason=request.form.get("law_reason", ""),
                by=viewer().person_id, now=clock().now(session),
            )  # fmt: skip
    except Invalid as mistake:
        return _line(line_id, mistake)
    return done(url_for("rota.index"))


def _index(organisations: frozenset[int], typed: MultiDict[str, str], mistake: Invalid | None) -> Response:
    with database().read() as session:
        now = clock().now(session)
        sheets = [roster.sheet(session, desk, now=now) for desk in plans.desks_for(session, organisations)]
        planned = _planned_desks(session)
        holes = {each: gaps.summary(session, each, now=now) for each in planned}
        unlawful = {each.id: lawful.coming(session, each.id, now=now) for each in sheets if each.id in planned}
        on_now = [line.on_now.person_id for sheet in sheets for line in sheet.lines if line.on_now.person_id]
        silent = silent_since(session, on_now, now)
        unproven = joining.unproven(session, {person for each in sheets if each.id in planned for person, _ in each.people})
    mine = sorted((row for each in sheets for row in each.rows_of(viewer().person_id)), key=lambda row: row.starts_at)
    page = render_template(
        "rota/index.html", sheets=sheets, mine=mine, me=viewer().person_id, planned=planned, holes=holes, now=now,
        now_local=f"{clocks.local(now):%Y-%m-%dT%H:%M}", typed=typed, mistake=mistake,
        silent=silent, unlawful=unlawful, unproven=unproven,
    )  # fmt: skip
    return make_response(page, 422 if mistake else 200)


def _planned_desks(session: Session) -> frozenset[int]:
    """Ids of the desks that the viewer may plan."""
    return frozenset(desk.id for desk in plans.desks_for(session, viewer().organisations(PLANNERS)))


def _line(line_id: int, mistake: Invalid | None) -> Response:
    with database().read() as session:
        now = clock().now(session)
        found = line_for(session, line_id, allowed_organisations())
        allowed = plans.people_allowed(session, found.desk_id)
        names = plans.names_of(session, allowed)
        unproven = joining.unproven(session, allowed)
    people = sorted(names.items(), key=lambda each: each[1])
    typed = request.form if mistake else typed_rotation(found, now)
    page = render_template("rota/line.html", line=found, people=people, typed=typed, mistake=mistake, unproven=unproven)
    return make_response(page, 422 if mistake else 200)
