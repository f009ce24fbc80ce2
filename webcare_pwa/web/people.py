"""People, roles, invitations, leavers. A viewer sees colleagues and roles of the organisations where he plans only."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from webcare_pwa.clock import real_now
from webcare_pwa.errors import Invalid
from webcare_pwa.steps import people
from webcare_pwa.web import person_form
from webcare_pwa.web.context import clock, database, settings, viewer
from webcare_pwa.web.person_pages import list_page, one_page
from webcare_pwa.web.respond import done

bp = Blueprint("people", __name__)


@bp.get("/people")
def index() -> Response:
    """Everybody of the viewer's organisations."""
    return list_page(MultiDict(), None)


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
        return list_page(request.form, mistake)
    return one_page(person.id, link=link, news="invited" if link else "added")


@bp.get("/people/<int:person_id>")
def show(person_id: int) -> Response:
    """One person, his roles, and what can be done for him."""
    return one_page(person_id)


@bp.post("/people/<int:person_id>")
def update(person_id: int) -> ResponseReturnValue:
    """Change name, phone and roles."""
    with database().read() as session:
        email = people.find(session, person_id, actor=viewer()).email
    try:
        new = person_form.read(request.form, viewer(), email=email)
    except Invalid as mistake:
        return one_page(person_id, typed=request.form, mistake=mistake)
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
    return one_page(person_id, link=address, news="link" if address else "mailed")


@bp.post("/people/<int:person_id>/disable")
def disable(person_id: int) -> ResponseReturnValue:
    """Shut a leaver out at once."""
    with database().write() as session:
        people.disable(session, person_id, actor=viewer(), now=clock().now(session), real_now=real_now())
    return done(url_for("people.show", person_id=person_id))
