"""Melden: the public form. No login, no cookies, no CSRF token, no script."""

from __future__ import annotations

from flask import Blueprint, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.models import organisation as organisations
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.ports import Inbound
from webcare_pwa.rules.rulebook import Category
from webcare_pwa.web import report_form
from webcare_pwa.web.cases import show_details
from webcare_pwa.web.context import clock, database, house
from webcare_pwa.web.instruction import instruction
from webcare_pwa.web.judgement import judged
from webcare_pwa.web.pictures import read_pictures
from webcare_pwa.web.report_form import Told
from webcare_pwa.web.tenant_report import is_over_rate, store

bp = Blueprint("reporting", __name__, url_prefix="/melden")


@bp.get("")
def choose() -> ResponseReturnValue:
    """Which corporation?"""
    with database().read() as session:
        return render_template("reporting/index.html", organisations=organisations.every(session))


@bp.get("/<slug>")
def start(slug: str) -> ResponseReturnValue:
    """Is there danger? Asked before anything else."""
    return render_template("reporting/start.html", organisation=_organisation(slug))


@bp.route("/<slug>/gevaar", methods=["GET", "POST"])
def danger(slug: str) -> ResponseReturnValue:
    """ "Ja": store at once, and answer with what to do now. One round trip, as the connection may be bad."""
    organisation = _organisation(slug)
    if request.method == "GET":
        return redirect(url_for(".start", slug=slug), 302)
    token = report_form.client_token(request.form)
    raw = '{"danger": ["yes"]}'
    try:
        case_token = store(Inbound(organisation.id, "web", token, raw, facts={"danger": True}, over_rate=is_over_rate()))
    except SQLAlchemyError:  # whatever is wrong with us, he must read what to do
        return _not_stored(organisation, "", danger=True)
    return make_response(show_details(case_token))


@bp.get("/<slug>/wat")
def categories(slug: str) -> ResponseReturnValue:
    """What is broken? Groups on top, their categories below: two taps, one page."""
    grouped: dict[str, list[Category]] = {group: [] for group in house().rulebook.groups}
    for category in house().rulebook.categories.values():
        grouped[category.group].append(category)
    return render_template("reporting/categories.html", organisation=_organisation(slug), grouped=grouped,
                           groups=house().rulebook.groups)


@bp.get("/<slug>/wat/<category>")
def form(slug: str, category: str) -> ResponseReturnValue:
    """The questions about one kind of fault."""
    organisation = _organisation(slug)
    if category not in house().rulebook.categories:
        return redirect(url_for(".categories", slug=slug), 302)
    return _form(organisation, category)


@bp.post("/<slug>/wat/<category>")
def create(slug: str, category: str) -> ResponseReturnValue:
    """Store the report. Asked back is only how to reach him, and only when it is urgent but no danger: danger cannot wait."""
    organisation = _organisation(slug)
    try:
        return _create(organisation, category)
    except SQLAlchemyError:  # a full disk, a locked or restarting database
        return _not_stored(organisation, category, danger=False)


def _create(organisation: Organisation, category: str) -> ResponseReturnValue:
    pictures = read_pictures(request)
    known = category if category in house().rulebook.categories else ""
    with database().read() as session:
        told = report_form.read(session, request.form, pictures, organisation_id=organisation.id, category=known,
                                rulebook=house().rulebook)
        urgency = _urgency(session, told, organisation)
    if urgency == "spoed" and not told.has_contact and known:
        return _form(organisation, known, told=told, status=422)
    token = report_form.client_token(request.form)
    case_token = store(Inbound(organisation.id, "web", token, told.raw, told.text, told.facts, told.photos,
                               over_rate=is_over_rate()))
    endpoint = "cases.details" if urgency == "noodgeval" else "cases.show"
    return redirect(url_for(endpoint, token=case_token), 303)


def _form(
    organisation: Organisation, category: str, *, told: Told | None = None, status: int = 200
) -> ResponseReturnValue:
    found = house().rulebook.categories[category]
    is_danger = found.urgency_default == "noodgeval"
    page = render_template(
        "reporting/form.html", organisation=organisation, category=found, form=request.form,
        questions=house().rulebook.questions.get(category, ()), candidates=told.candidates if told else (),
        contact_missing=told is not None, photo_to_choose_again=bool(told and told.facts.get("photos")),
        instruction=instruction(category, danger=is_danger, number=organisation.emergency_number,
                                rulebook=house().rulebook),
        is_danger=is_danger,
    )
    return make_response(page, status)


def _not_stored(organisation: Organisation, category: str, *, danger: bool) -> ResponseReturnValue:
    """We cannot store it: what to do now, and whom to call."""
    logs.trouble("report.not_stored", organisation_id=organisation.id)
    rules = house().rulebook
    known = rules.categories.get(category)
    danger = danger or (known is not None and known.urgency_default == "noodgeval")
    found = instruction(category, danger=danger, number=organisation.emergency_number, rulebook=rules)
    page = render_template("reporting/not_stored.html", organisation=organisation, instruction=found)
    return make_response(page, 503)


def _organisation(slug: str) -> Organisation:
    """By its name in the address. When the database is away, as this process last saw it: its number must stand there."""
    seen: dict[str, Organisation] = current_app.extensions.setdefault("organisations_seen", {})
    try:
        with database().read() as session:
            seen[slug] = organisations.by_slug(session, slug)
    except OperationalError:
        if slug not in seen:
            raise
    g.organisation = seen[slug]
    return seen[slug]


def _urgency(session: Session, told: Told, organisation: Organisation) -> str:
    now = clock().now(session)
    return judged(session, told, organisation_id=organisation.id, now=now, rulebook=house().rulebook).urgency
