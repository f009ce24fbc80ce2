"""The tenant's own page, behind a secret link. Looking at it changes nothing: mail scanners open links too."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webcare_pwa import clock as clocks
from webcare_pwa import links
from webcare_pwa.errors import NotFound
from webcare_pwa.models import tenant_case
from webcare_pwa.models.tenant_case import TenantCase
from webcare_pwa.rules.triage import judge
from webcare_pwa.steps import intake
from webcare_pwa.web import report_form
from webcare_pwa.web.context import clock, database, house, settings
from webcare_pwa.web.instruction import CATEGORY_OF_KIND, Instruction, for_danger_to_self, instruction
from webcare_pwa.web.report_form import Told

NO_SUCH_CASE = "Deze pagina bestaat niet. Kijk of u de hele link gebruikt, of meld het opnieuw."

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
    return _show(_case(token), token)


@bp.post("/<token>/messages")
def add(token: str) -> ResponseReturnValue:
    """Something he adds. It is judged like a report."""
    case = _case(token)
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
    case = _case(token)
    told = _new_only(_told(case), case)
    if not told.is_empty:
        _add(case, told)
    has_more_to_ask = request.form.get("kind") in CATEGORY_OF_KIND
    return redirect(url_for(".details" if has_more_to_ask else ".show", token=token), 303)


@bp.get("/<token>/photos/<int:photo_id>")
def photo(token: str, photo_id: int) -> ResponseReturnValue:
    """A photo of this report."""
    with database().read() as session:
        found = tenant_case.photo(session, _report_id(session, token), photo_id)
    if found is None:
        raise NotFound(NO_SUCH_CASE)
    return Response(found.jpeg, mimetype="image/jpeg")


def show_details(token: str) -> str:
    """The page after danger. The report form answers with it too, to save a round trip."""
    case = _case(token)
    return render_template(
        "cases/details.html", case=case, organisation=case.organisation, token=token, instruction=_instruction(case),
        kinds=CATEGORY_OF_KIND,
    )


def _show(case: TenantCase, token: str, *, status: int = 200) -> Response:
    page = render_template(
        "cases/show.html", case=case, organisation=case.organisation, token=token, instruction=_instruction(case),
        nothing_told=status == 422,
    )
    return make_response(page, status)


def _case(token: str) -> TenantCase:
    with database().read() as session:
        now = clock().now(session)
        case = tenant_case.load(session, _report_id(session, token), now=now, rulebook=house().rulebook)
    if case is None:
        raise NotFound(NO_SUCH_CASE)
    g.organisation = case.organisation
    return case


def _report_id(session: Session, token: str) -> int:
    """Which report the link opens. Raises `NotFound` for a link we did not give out, or took back."""
    report_id = links.case_report_id(token)
    version = tenant_case.link_version(session, report_id) if report_id is not None else None
    expected = links.case_token(settings().secret_key, report_id or 0, version or 0)
    if not links.same(token, expected) or report_id is None or version is None:
        raise NotFound(NO_SUCH_CASE)
    return report_id


def _instruction(case: TenantCase) -> Instruction | None:
    """What he must do now, when there is danger and it is not over."""
    number, rulebook = case.organisation.emergency_number, house().rulebook
    if case.is_closed:
        return None
    if case.told_danger_to_self:
        return for_danger_to_self(number, rulebook)
    if case.situation is not None:
        urgency, category = case.situation.urgency, case.situation.category
    else:
        judged = judge(case.facts, office_open=case.office_open, month=clocks.local(case.now).month, rulebook=rulebook)
        urgency, category = judged.urgency, judged.category
        if judged.danger_to_self:
            return for_danger_to_self(number, rulebook)
    if urgency != "noodgeval":
        return None
    return instruction(case.facts.category or category, danger=True, number=number, rulebook=rulebook)


def _told(case: TenantCase) -> Told:
    pictures = report_form.read_pictures(request)
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
