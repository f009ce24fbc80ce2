"""API tokens of an organisation: made, shown once, revoked."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webcare_pwa.errors import Invalid
from webcare_pwa.models import organisation as organisations
from webcare_pwa.rules import contact_details
from webcare_pwa.steps import tokens
from webcare_pwa.web.context import allowed_organisations, clock, database, viewer
from webcare_pwa.web.respond import done

bp = Blueprint("tokens", __name__)


@bp.get("/tokens")
def index() -> Response:
    """The tokens of the viewer's organisations."""
    return _list()


@bp.post("/tokens")
def create() -> Response:
    """Make one; its secret stands on this answer only."""
    chosen = request.form.get("organisation", "")
    try:
        with database().write() as session:
            _, secret = tokens.create(
                session, int(chosen) if chosen.isascii() and chosen.isdigit() else 0,
                contact_details.clean(request.form.get("name", "")), organisations=allowed_organisations(),
                by=viewer().person_id, now=clock().now(session),
            )  # fmt: skip
    except Invalid as mistake:
        return _list(mistake=mistake)
    return _list(secret=secret)


@bp.post("/tokens/<int:token_id>/revoke")
def revoke(token_id: int) -> ResponseReturnValue:
    """Make one useless."""
    with database().write() as session:
        tokens.revoke(session, token_id, organisations=allowed_organisations(), by=viewer().person_id, now=clock().now(session))
    return done(url_for("tokens.index"))


def _list(secret: str = "", mistake: Invalid | None = None) -> Response:
    with database().read() as session:
        mine = organisations.some(session, allowed_organisations())
        found = organisations.tokens_of(session, allowed_organisations())
    page = render_template(
        "tokens/index.html", tokens=found, organisations={each.id: each.name for each in mine}, secret=secret,
        mistake=mistake, name=request.form.get("name", "") if mistake else "",
    )  # fmt: skip
    return make_response(page, 422 if mistake else 200)
