"""The viewer's links for his calendar app: to his own shifts, and to the desks he may see. Made, shown once, revoked."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webcare_pwa.errors import NotFound
from webcare_pwa.models.calendar_feed import live_feeds
from webcare_pwa.models.desk_names import desk_names
from webcare_pwa.steps import feeds
from webcare_pwa.web.access_link import private
from webcare_pwa.web.context import allowed_organisations, clock, database, settings, viewer
from webcare_pwa.web.respond import done

bp = Blueprint("feeds", __name__)


@bp.get("/rota/feeds")
def index() -> Response:
    """What there is, and buttons to make one."""
    return _list()


@bp.post("/rota/feeds")
def create() -> Response:
    """Make a link (anew); its secret stands on this answer only."""
    chosen = request.form.get("desk", "")
    if chosen and not (chosen.isascii() and chosen.isdigit() and len(chosen) < 10):
        raise NotFound()
    with database().write() as session:
        made, secret = feeds.make(
            session, viewer().person_id, int(chosen) if chosen else None, organisations=allowed_organisations(),
            now=clock().now(session),
        )  # fmt: skip
        desk_id = made.desk_id
    return _list(desk_id, secret)


@bp.post("/rota/feeds/<int:feed_id>/revocation")
def revoke(feed_id: int) -> ResponseReturnValue:
    """Make a link useless."""
    with database().write() as session:
        feeds.revoke(session, feed_id, by=viewer().person_id, now=clock().now(session))
    return done(url_for("feeds.index"))


def _list(desk_id: int | None = None, secret: str = "") -> Response:
    with database().read() as session:
        given = {each.desk_id: each for each in live_feeds(session, viewer().person_id)}
        desks = desk_names(session, allowed_organisations())
    address = f"{settings().base_url.rstrip('/')}{url_for('calendar_feed.show', token=secret)}" if secret else ""
    page = render_template("feeds/index.html", given=given, desks=desks, made=desk_id, address=address)
    return private(page, 200)
