"""Opschaling: who is called after how many minutes, and changing it."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from webcare_pwa.errors import Invalid, NotFound
from webcare_pwa.models import plan as plans
from webcare_pwa.models.person import Person
from webcare_pwa.models.policy import policy_of
from webcare_pwa.models.rota import Desk
from webcare_pwa.models.walls import desk_for
from webcare_pwa.rules import policy as rules
from webcare_pwa.rules.escalation import Step
from webcare_pwa.steps import policies as steps
from webcare_pwa.web import policy_form
from webcare_pwa.web.context import allowed_organisations, clock, database, viewer
from webcare_pwa.web.respond import done

bp = Blueprint("policies", __name__)


@bp.get("/policies")
def index() -> str:
    """The escalation of each desk of the viewer, in sentences."""
    with database().read() as session:
        now = clock().now(session)
        desks = plans.desks_for(session, allowed_organisations())
        sheets = [(desk, _may_change(session, desk), _policies(session, desk)) for desk in desks]
    return render_template("policies/index.html", sheets=sheets, now=now)


@bp.route("/policies/<int:desk_id>/<urgency>", methods=["GET", "POST"])
def edit(desk_id: int, urgency: str) -> BaseResponse:
    """Change the steps of one urgency; only who coordinates every organisation of the desk."""
    if request.method == "GET":
        return _form(desk_id, urgency, None)
    try:
        new = None if request.form.get("do") == "default" else policy_form.read(request.form)
    except Invalid as mistake:
        return _form(desk_id, urgency, mistake)
    try:
        _keep(desk_id, urgency, new)
    except Invalid as mistake:
        return _form(desk_id, urgency, policy_form.at_the_button(request.form, mistake))
    back = request.form.get("do", "save") == "save"
    return done(url_for("policies.index") if back else url_for("policies.edit", desk_id=desk_id, urgency=urgency))


def _keep(desk_id: int, urgency: str, new: tuple[Step, ...] | None) -> None:
    """`new` is None: put the default back."""
    token, seen, by = request.form.get("client_token", ""), request.form.get("seen", ""), viewer().person_id
    with database().write() as session:
        desk, now = desk_for(session, desk_id, allowed_organisations()), clock().now(session)
        if new is None:
            steps.put_back(session, desk.id, urgency, token=token, by=by, now=now)
        else:
            steps.change(session, desk.id, urgency, new, seen=seen, token=token, by=by, now=now)


def _form(desk_id: int, urgency: str, mistake: Invalid | None) -> Response:
    with database().read() as session:
        now = clock().now(session)
        desk = desk_for(session, desk_id, allowed_organisations())
        if urgency not in rules.URGENCIES:
            raise NotFound()
        policy = rules.acting(policy_of(session, desk.id, urgency))
        changed = steps.last_change(session, desk.id, urgency)
        by = session.get(Person, changed.person_id) if changed and changed.person_id else None
    sheet = policy_form.typed_sheet(request.form, mistake) if mistake else policy_form.sheet_of(policy)
    seen = request.form.get("seen", "") if mistake else rules.version(policy)
    page = render_template(
        "policies/edit.html", desk=desk, urgency=urgency, sheet=sheet, called=rules.CALLED, seen=seen, mistake=mistake,
        changed=changed, by=by, now=now,
    )  # fmt: skip
    return make_response(page, 422 if mistake else 200)


def _policies(session: Session, desk: Desk) -> list[tuple[str, tuple[Step, ...]]]:
    return [(urgency, rules.acting(policy_of(session, desk.id, urgency))) for urgency in rules.URGENCIES]


def _may_change(session: Session, desk: Desk) -> bool:
    try:
        desk_for(session, desk.id, allowed_organisations())
    except NotFound:
        return False
    return True
