"""What a calendar app reads: the secret in the address is the right, no login. GET changes nothing."""

from __future__ import annotations

from flask import Blueprint, Response, request

from webcare_pwa.rules.ical import MIMETYPE
from webcare_pwa.steps import feeds
from webcare_pwa.web.context import clock, database, settings

bp = Blueprint("calendar_feed", __name__)


@bp.get("/agenda/<token>.ics")
def show(token: str) -> Response:
    """The shifts, as iCalendar. Asked again with the same content, only the head is sent (304)."""
    with database().read() as session:
        text = feeds.read(session, token, base_url=settings().base_url, now=clock().now(session))
    response = Response(text, mimetype=MIMETYPE)
    response.headers["Content-Disposition"] = 'inline; filename="rooster.ics"'
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
