"""Choosing a password behind an invitation or reset link. Only posting uses the link up."""

from __future__ import annotations

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webcare_pwa import logs, passwords
from webcare_pwa.clock import real_now
from webcare_pwa.steps import entry
from webcare_pwa.web import sessions
from webcare_pwa.web.context import clock, database
from webcare_pwa.web.respond import done

TOO_SHORT = "Kies een wachtwoord van ten minste 12 tekens."
TOO_LONG = "Dit wachtwoord is te lang. Kies er een van hoogstens 200 tekens."


def choice(token: str, mistake: str = "") -> Response:
    """The form for a password. Raises `NotPossibleNow` when the link is used, too old or unknown."""
    with database().read() as session:
        _, person = entry.find(session, token, real_now=real_now())
    return private(render_template("auth/access.html", person=person, mistake=mistake), 422 if mistake else 200)


def choose(token: str) -> ResponseReturnValue:
    """Take the password, and log in. Raises `NotPossibleNow` like `choice`."""
    password = request.form.get("password", "")
    if not passwords.SHORTEST <= len(password) <= passwords.LONGEST:
        return choice(token, TOO_SHORT if len(password) < passwords.SHORTEST else TOO_LONG)
    with database().read() as session:
        entry.find(session, token, real_now=real_now())  # a dead link must not cost us a hash
    fresh = passwords.make_hash(password)
    with database().write() as session:
        person = entry.redeem(session, token, fresh, now=clock().now(session), real_now=real_now())
    sessions.end()
    sessions.start(person, remember=True)
    logs.hop("login.by_link", person_id=person.id)
    return done(url_for("home.now"))


def private(page: str, status: int) -> Response:
    """A page whose address is a secret: no referrer, no search engine."""
    response = make_response(page, status)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
