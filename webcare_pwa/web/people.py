"""People, roles, invitations, leavers. A viewer sees colleagues and roles of the organisations where he plans only."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from webcare_pwa.clock import real_now
from webcare_pwa.errors import Invalid
from webcare_pwa.models import organisation as organisations
from webcare_pwa.models import person as persons
from webcare_pwa.models.live_devices import wakeable
from webcare_pwa.models.person import Person
from webcare_pwa.rules import authority
from webcare_pwa.rules.access import ADMINISTRATOR, DUTY, PLANNERS
from webcare_pwa.steps import people
from webcare_pwa.web import person_form
from webcare_pwa.web.context import clock, database, settings, viewer
from webcare_pwa.web.respond import done

bp = Blueprint("people", __name__)


@bp.get("/people")
def index() -> Response:
    """Everybody of the viewer's organisations."""
    return _list(MultiDict(), None)


@bp.post("/people")
def create() -> Response:
    """Invite somebody; the link is mailed, and shown this once."""
    try:
        new = person_form.read(request.form, viewer())
        with database().write() as session:
            person, link = people.invite(
                session,
                new,
                actor=viewer(),
                base_url=settings().base_url,
                now=clock().now(session),
                real_now=real_now(),
            )
    except Invalid as mistake:
        return _list(request.form, mistake)
    return _one(person.id, link=link, news="invited" if link else "added")


@bp.get("/people/<int:person_id>")
def show(person_id: int) -> Response:
    """One person, his roles, and what can be done for him."""
    return _one(person_id)


@bp.post("/people/<int:person_id>")
def update(person_id: int) -> ResponseReturnValue:
    """Change name, phone and roles."""
    with database().read() as session:
        email = people.find(session, person_id, actor=viewer()).email
    try:
        new = person_form.read(request.form, viewer(), email=email)
    except Invalid as mistake:
        return _one(person_id, typed=request.form, mistake=mistake)
    with database().write() as session:
        people.change(
            session,
            person_id,
            name=new.name,
            phone=new.phone,
            roles=new.roles,
            actor=viewer(),
            now=clock().now(session),
        )
    return done(url_for("people.index"))


@bp.post("/people/<int:person_id>/link")
def link(person_id: int) -> Response:
    """A reset link for a colleague, also at 03:00: mailed, and on the screen when the viewer may see it."""
    with database().write() as session:
        _, address = people.reset(
            session,
            person_id,
            actor=viewer(),
            base_url=settings().base_url,
            now=clock().now(session),
            real_now=real_now(),
        )
    return _one(person_id, link=address, news="link" if address else "mailed")


@bp.post("/people/<int:person_id>/disable")
def disable(person_id: int) -> ResponseReturnValue:
    """Shut a leaver out at once."""
    with database().write() as session:
        people.disable(session, person_id, actor=viewer(), now=clock().now(session), real_now=real_now())
    return done(url_for("people.show", person_id=person_id))


def _list(typed: MultiDict[str, str], mistake: Invalid | None) -> Response:
    mine = viewer().organisations(PLANNERS)
    with database().read() as session:
        found = persons.working_in(session, mine)
        waking = wakeable(session, [each.id for each in found])
        administered = organisations.some(session, viewer().organisations(frozenset({ADMINISTRATOR})))
        names = {each.id: each.name for each in organisations.some(session, mine)}
    page = render_template(
        "people/index.html", people=[(each, _short(_words(each, names), names), _unwakeable(each, waking)) for each in found],
        administered=administered, typed=typed, mistake=mistake,
    )  # fmt: skip
    return make_response(page, 422 if mistake else 200)


def _one(
    person_id: int, *, link: str = "", news: str = "", typed: MultiDict[str, str] | None = None,
    mistake: Invalid | None = None,
) -> Response:  # fmt: skip
    actor = viewer()
    with database().read() as session:
        person = people.find(session, person_id, actor=actor)
        administered = organisations.some(session, actor.organisations(frozenset({ADMINISTRATOR})))
        names = {each.id: each.name for each in organisations.some(session, actor.organisations(PLANNERS))}
    roles = people.roles_of(person)
    page = render_template(
        "people/show.html", person=person, words=_words(person, names), link=link, news=news, mistake=mistake,
        typed=typed or _typed(person), administered=administered, may_link=authority.may_send_link(actor, roles),
        may_disable=authority.covers(actor, roles) and person.id != actor.person_id,
    )  # fmt: skip
    return make_response(page, 422 if mistake else 200)


def _words(person: Person, names: dict[int, str]) -> list[tuple[str, list[str]]]:
    """(organisation, role codes) for the organisations the viewer may know of."""
    there = {role.organisation_id for role in person.roles} & names.keys()
    return [
        (names[each], [role.role for role in person.roles if role.organisation_id == each])
        for each in sorted(there, key=lambda each: names[each])
    ]


def _short(words: list[tuple[str, list[str]]], names: dict[int, str]) -> list[tuple[str, list[str]]]:
    """The same roles everywhere: said once, without the organisation."""
    same = len(words) == len(names) and all(sorted(roles) == sorted(words[0][1]) for _, roles in words)
    return [("", words[0][1])] if same else words


def _unwakeable(person: Person, waking: frozenset[int]) -> bool:
    return person.id not in waking and any(role.role == DUTY for role in person.roles)


def _typed(person: Person) -> MultiDict[str, str]:
    pairs = [("roles", f"{role.organisation_id}:{role.role}") for role in person.roles]
    return MultiDict([("name", person.name), ("phone", person.phone), *pairs])
