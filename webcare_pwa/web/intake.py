"""Melding maken: a report on behalf of somebody else, mostly with him on the telephone. Keyboard only, also without script."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from webcare_pwa.errors import NotAllowed
from webcare_pwa.models import dwellings, intake_desk, neighbourhood
from webcare_pwa.models import organisation as organisations
from webcare_pwa.ports import Inbound
from webcare_pwa.rules.access import CASE_READERS
from webcare_pwa.rules.rulebook import Category
from webcare_pwa.steps import intake
from webcare_pwa.web import mistakes, report_form
from webcare_pwa.web.chosen import Chosen, choice_so_far, dwelling_of
from webcare_pwa.web.context import allowed_organisations, clock, database, house, viewer
from webcare_pwa.web.judgement import judged
from webcare_pwa.web.pictures import read_pictures
from webcare_pwa.web.report_form import Told

NEARBY = timedelta(hours=24)

bp = Blueprint("intake", __name__, url_prefix="/intake")


@bp.get("")
def new() -> ResponseReturnValue:
    """The empty form; after a report was stored, with its number to read out on top."""
    with database().read() as session:
        chosen = choice_so_far(session)
        found = intake_desk.stored(session, allowed_organisations(), request.args.get("stored", default=0, type=int))
    link = house().case_link(found.report.id, found.report.link_version) if found else ""
    return _page(chosen, stored=found, case_link=link)


@bp.get("/questions")
def questions() -> ResponseReturnValue:
    """The instruction to read out and the questions of the category, as a fragment."""
    with database().read() as session:
        chosen = choice_so_far(session)
    return render_template("intake/_questions.html", chosen=chosen, given=request.values)


@bp.get("/nearby")
def nearby() -> ResponseReturnValue:
    """Dwellings that fit what was typed, and what was reported there in the last 24 hours, as a fragment."""
    with database().read() as session:
        organisation = choice_so_far(session).organisation
        walls = frozenset({organisation.id}) if organisation else allowed_organisations()
        homes = dwellings.search(session, walls, request.args.get("find", "")[:120])
        picked = dwelling_of(session, walls, request.args.get("dwelling", "")) or (homes[0] if len(homes) == 1 else None)
        reports = neighbourhood.nearby(session, picked, clock().now(session) - NEARBY) if picked else []
    if picked and picked.id not in {home.id for home in homes}:
        homes = [picked]
    return render_template("intake/_nearby.html", homes=homes, picked=picked, reports=reports, given=request.args,
                           categories=house().rulebook.categories)


@bp.post("")
def create() -> ResponseReturnValue:
    """Store the report. Asked back is only how to reach the tenant, and only when it is urgent but no danger."""
    pictures = read_pictures(request)
    with database().read() as session:
        chosen = choice_so_far(session)
        organisation, rulebook = chosen.organisation, house().rulebook
        if organisation is None:
            return make_response(_page(chosen, nobody=True), 422)
        told = report_form.read(session, request.form, pictures, organisation_id=organisation.id,
                                category=chosen.category.id if chosen.category else "", rulebook=rulebook)
        judgement = judged(session, told, organisation_id=organisation.id, now=clock().now(session),
                                       rulebook=rulebook)
    if told.is_empty or (judgement.urgency == "spoed" and not told.has_contact):
        return make_response(_page(chosen, told=told), 422)
    with database().write() as session:
        report = intake.receive(session, Inbound(
            organisation.id, "phone", report_form.client_token(request.form), told.raw, told.text, told.facts,
            told.photos, taken_by_id=viewer().person_id,
        ), now=clock().now(session))
    return redirect(url_for(".new", stored=report.id), 303)


@bp.errorhandler(CSRFError)
def keep_typed(_error: CSRFError) -> ResponseReturnValue:
    """The page stood open too long: give it back filled in, with a fresh token. Nothing typed on the telephone is lost."""
    if not current_user.is_authenticated:
        return mistakes.stale_page()
    g.organisations = viewer().organisations(CASE_READERS)  # the guard has not run yet
    if not g.organisations:
        raise NotAllowed()
    with database().read() as session:
        chosen = choice_so_far(session)
    return make_response(_page(chosen, stale=True), 400)


def _page(chosen: Chosen, *, told: Told | None = None, **facts: object) -> str:
    with database().read() as session:
        own = organisations.some(session, allowed_organisations())
    rulebook = house().rulebook
    grouped: dict[str, list[Category]] = {group: [] for group in rulebook.groups}
    for category in rulebook.categories.values():
        grouped[category.group].append(category)
    return render_template("intake/new.html", chosen=chosen, told=told, own=own, given=request.form, grouped=grouped,
                           groups=rulebook.groups, candidates=told.candidates if told else (), **facts)
