"""The one place that knows htmx: page or fragment, and redirects that work for both."""

from __future__ import annotations

from flask import Flask, Response, make_response, redirect, render_template
from flask_htmx import HTMX
from werkzeug.wrappers import Response as BaseResponse

htmx = HTMX()


def install(app: Flask) -> None:
    """Let every answer say that it depends on the header, so that caches keep page and fragment apart."""
    htmx.init_app(app)

    @app.after_request
    def _vary(response: Response) -> Response:
        response.vary.add("HX-Request")
        return response


def is_htmx() -> bool:
    """Did htmx ask for a fragment? (A restore from history wants the whole page.)"""
    return bool(htmx) and not htmx.history_restore_request


def respond(page: str, fragment: str, *, status: int = 200, **facts: object) -> Response:
    """The fragment for htmx, the whole page for everybody else; both from the same facts."""
    return make_response(render_template(fragment if is_htmx() else page, **facts), status)


def done(location: str) -> BaseResponse:
    """After a POST: 303 to the page that shows the result; htmx is told to go there itself."""
    return client_redirect(location) if is_htmx() else redirect(location, 303)


def client_redirect(location: str) -> Response:
    """Tell htmx to load another page."""
    response = make_response("", 204)
    response.headers["HX-Redirect"] = location
    return response
