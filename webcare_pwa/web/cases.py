"""The tenant's own page, behind a secret link. Looking at it changes nothing: mail scanners open links too."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webcare_pwa.errors import NotFound
from webcare_pwa.models import tenant_case
from webcare_pwa.models.tenant_case import TenantCase
from webcare_pwa.steps import intake
from webcare_pwa.web import report_form
from webcare_pwa.web.case_instruction import instruction_for_case
from webcare_pwa.web.case_link import NO_SUCH_CASE, open_case, report_id_of
from webcare_pwa.web.context import clock, database, house
from webcare_pwa.web.instruction import CATEGORY_OF_KIND
from webcare_pwa.web.pictures import read_pictures
from webcare_pwa.web.report_form import Told

bp = Blueprint("cases", __name__, url_prefix="/m")


@bp.after_request
def _keep_secret(response: Response) -> Response:
    """The address is the key: it must not travel in a referrer, and no search engine or cache may keep it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/<token>")
def show(token: str) -> ResponseReturnValue:
    """How it stands, what happens next, and what was said."""
    return _show(open_case(token), token)


@bp.post("/<token>/messages")
def add(token: str) -> ResponseReturnValue:
    """Something he adds. It is judged like a report."""
    case = open_case(token)
    told = _told(case)
    if not (told.text or told.photos or told.facts.get("warnings")):
        return _show(case, token, status=422)
    _add(case, told)
    return redirect(url_for(".show", token=token, _anchor="gesprek"), 303)


@bp.route("/<token>/details", methods=["GET", "POST"])
def details(token: str) -> ResponseReturnValue:
    """After danger: the instruction, and what else we should know. Each part may be left empty."""
    if request.method == "GET":
        return show_details(token)
    case = open_case(token)
    told = _new_only(_told(case), case)
    if not told.is_empty:
        _add(case, told)
    has_more_to_ask = request.form.get("kind") in CATEGORY_OF_KIND
    return redirect(url_for(".details" if has_more_to_ask else ".show", token=token), 303)


@bp.get("/<token>/photos/<int:photo_id>")
def photo(token: str, photo_id: int) -> ResponseReturnValue:
    """A photo of this report."""
    with database().read() as session:
        found = tenant_case.photo(session, report_id_of(session, token), photo_id)
    if found is None:
        raise NotFound(NO_SUCH_CASE)
    return Response(found.jpeg, mimetype="image/jpeg")


def show_details(token: str) -> str:
    """The page after danger. The report form answers with it too, to save a round trip."""
    case = open_case(token)
    return render_template(
        "cases/details.html", case=case, organisation=case.organisation, token=token, instruction=instruction_for_case(case),
        kinds=CATEGORY_OF_KIND,
    )


def _show(case: TenantCase, token: str, *, status: int = 200) -> Response:
    page = render_template(
        "cases/show.html", case=case, organisation=case.organisation, token=token, instruction=instruction_for_case(case),
        nothing_told=status == 422,
    )
    return make_response(page, status)


def _told(case: TenantCase) -> Told:
    pictures = read_pictures(request)
    category = CATEGORY_OF_KIND.get(request.form.get("kind", ""), "")
    with database().read() as session:
        told = report_form.read(session, request.form, pictures, organisation_id=case.organisation.id,
                                category=category, rulebook=house().rulebook)
    if category:
        told.facts["danger_kind"] = request.form["kind"]
    return told


def _new_only(told: Told, case: TenantCase) -> Told:
    """Without what he told before: the form comes filled in."""
    known = {name: getattr(case.facts, name, None) for name in told.facts}
    facts = {name: value for name, value in told.facts.items() if value != known[name]}
    if facts.keys() <= {"warnings"} and set(facts.get("warnings", ())) <= set(case.warnings):
        facts = {}
    return replace(told, facts=facts)


def _add(case: TenantCase, told: Told) -> None:
    with database().write() as session:
        intake.add(session, case.report.id, external_id=report_form.client_token(request.form), raw=told.raw,
                   text=told.text, facts=told.facts, photos=told.photos, now=clock().now(session))
