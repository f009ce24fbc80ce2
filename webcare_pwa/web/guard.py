"""Holds every request against the table in `rules/access.py`. An endpoint that is not in the table stops the start."""

from __future__ import annotations

from flask import Flask, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webcare_pwa.errors import NotAllowed
from webcare_pwa.rules.access import ENDPOINTS, LOGIN, PUBLIC
from webcare_pwa.web.respond import client_redirect, is_htmx


def install(app: Flask) -> None:
    """Check that each endpoint is classed, and guard all requests."""
    unclassed = {rule.endpoint for rule in app.url_map.iter_rules()} - ENDPOINTS.keys()
    if unclassed:
        raise RuntimeError(f"not classed in rules/access.py: {', '.join(sorted(unclassed))}")
    app.before_request(_check)


def _check() -> ResponseReturnValue | None:
    g.organisations = frozenset()
    allowed = ENDPOINTS.get(request.endpoint or "", PUBLIC)
    if allowed == PUBLIC:
        return None
    if not current_user.is_authenticated:
        return _to_login()
    if allowed == LOGIN:
        g.organisations = current_user.viewer.organisations()
        return None
    g.organisations = current_user.viewer.organisations(frozenset(allowed))
    if not g.organisations:
        raise NotAllowed()
    return None


def _to_login() -> ResponseReturnValue:
    """After logging in he lands where he wanted to be. A fragment must not receive a login page, so it redirects."""
    back = request.full_path.rstrip("?") if request.method == "GET" and not is_htmx() else _page_of_fragment()
    target = url_for("auth.login", next=back)
    return client_redirect(target) if is_htmx() else redirect(target, 303)


def _page_of_fragment() -> str:
    page = request.referrer or ""
    return page.removeprefix(request.host_url.rstrip("/")) if page.startswith(request.host_url) else "/"
