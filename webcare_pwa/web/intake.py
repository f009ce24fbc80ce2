"""Melding maken: a report on behalf of somebody else, mostly with him on the telephone. Keyboard only, also without script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm import Session

from webcare_pwa import labels
from webcare_pwa.errors import NotAllowed
from webcare_pwa.models import address, intake_desk
from webcare_pwa.models import organisation as organisations
from webcare_pwa.models.address import Typed
from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.ports import Inbound
from webcare_pwa.rules.access import CASE_READERS
from webcare_pwa.rules.rulebook import Category, Question
from webcare_pwa.steps import intake
from webcare_pwa.web import mistakes, report_form
from webcare_pwa.web.context import allowed_organisations, clock, database, house, viewer
from webcare_pwa.web.instruction import Instruction, instruction
from webcare_pwa.web.report_form import Told

NEARBY = timedelta(hours=24)

bp = Blueprint("intake", __name__, url_prefix="/intake")


@dataclass(frozen=True)
class Chosen:
    """Whose tenant it is (None: not known yet) and what is broken, with the text to read out and the questions to ask."""

    organisation: Organisation | None
    category: Category | None
    instruction: Instruction | None
    questions: tuple[Question, ...]


@bp.get("")
def new() -> ResponseReturnValue:
    """The empty form; after a report was stored, with its number to read out on top."""
    with database().read() as session:
        chosen = _chosen(session)
        found = intake_desk.stored(session, allowed_organisations(), request.args.get("stored", default=0, type=int))
    link = house().case_link(found.report.id, found.report.link_version) if found else ""
    return _page(chosen, stored=found, case_link=link)


@bp.get("/questions")
def questions() -> ResponseReturnValue:
    """The instruction to read out and the questions of the category, as a fragment."""
    with database().read() as session:
        chosen = _chosen(session)
    return render_template("intake/_questions.html", chosen=chosen, given=request.values)


@bp.get("/nearby")
def nearby() -> ResponseReturnValue:
    """Dwellings that fit what was typed, and what was reported there in the last 24 hours, as a fragment."""
    with database().read() as session:
        organisation = _chosen(session).organisation
        walls = frozenset({organisation.id}) if organisation else allowed_organisations()
        homes = address.search(session, walls, request.args.get("find", "")[:120])
        picked = _dwelling(session, walls, request.args.get("dwelling", "")) or (homes[0] if len(homes) == 1 else None)
        reports = address.nearby(session, picked, clock().now(session) - NEARBY) if picked else []
    if picked and picked.id not in {home.id for home in homes}:
        homes = [picked]
    return render_template("intake/_nearby.html", homes=homes, picked=picked, reports=reports, given=request.args,
                           categories=house().rulebook.categories)


@bp.post("")
def create() -> ResponseReturnValue:
    """Store the report. Asked back is only how to reach the tenant, and only when it is urgent but no danger."""
    pictures = report_form.read_pictures(request)
    with database().read() as session:
        chosen = _chosen(session)
        organisation, rulebook = chosen.organisation, house().rulebook
        if organisation is None:
            return make_response(_page(chosen, nobody=True), 422)
        told = report_form.read(session, request.form, pictures, organisation_id=organisation.id,
                                category=chosen.category.id if chosen.category else "", rulebook=rulebook)
        judgement = report_form.judged(session, told, organisation_id=organisation.id, now=clock().now(session),
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
        chosen = _chosen(session)
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


def _chosen(session: Session) -> Chosen:
    """Organisation and category of this request. Who works for one organisation need not choose it."""
    own = organisations.some(session, allowed_organisations())
    wanted = request.values.get("organisation", default=0, type=int)
    if not wanted and request.method == "POST":
        wanted = _organisation_of_address(session) or 0
    organisation = next((each for each in own if each.id == wanted or len(own) == 1), None)
    rulebook = house().rulebook
    category = rulebook.categories.get(request.values.get("category", ""))
    if category is None:
        return Chosen(organisation, None, None, ())
    danger = category.urgency_default == "noodgeval"
    number = organisation.emergency_number if organisation else labels.word("this_number", "intake")
    text = instruction(category.id, danger=danger, number=number, rulebook=rulebook)
    return Chosen(organisation, category, text, rulebook.questions.get(category.id, ()))


def _organisation_of_address(session: Session) -> int | None:
    """The address decides when the organisation was not chosen."""
    home = _dwelling(session, allowed_organisations(), request.form.get("dwelling", ""))
    if home is None:
        line = Typed(address=request.form.get("find", "")[:120])
        found = address.locate(session, allowed_organisations(), line).facts.get("dwelling_id")
        home = address.one(session, allowed_organisations(), found) if found else None
    return home.organisation_id if home else None


def _dwelling(session: Session, walls: frozenset[int], number: str) -> Dwelling | None:
    is_id = number.isascii() and number.isdigit() and len(number) < 10
    return address.one(session, walls, int(number)) if is_id else None
