"""Logging in and out. Unknown address and wrong password get the same answer after the same time."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter, RequestLimit
from flask_limiter.util import get_remote_address
from flask_login import current_user

from webcare_pwa import logs, passwords
from webcare_pwa.clock import real_now
from webcare_pwa.errors import NotPossibleNow
from webcare_pwa.models import person as people
from webcare_pwa.models.live_devices import live_devices
from webcare_pwa.steps import leaving, link_mail
from webcare_pwa.web import access_link, sessions
from webcare_pwa.web.context import clock, database, settings, viewer
from webcare_pwa.web.destination import destination
from webcare_pwa.web.respond import done

bp = Blueprint("auth", __name__)
limiter = Limiter(get_remote_address, storage_uri="memory://")

WRONG = "Dit e-mailadres en wachtwoord horen niet bij elkaar. Probeer het nog eens."
DISABLED = "Uw account is afgesloten. Vraag het aan uw coördinator."
TOO_MANY = "Te vaak geprobeerd. Wacht een minuut. Lukt het dan niet, vraag uw coördinator om een inloglink."


def install(app: Flask) -> None:
    """Sessions and the limit on attempts."""
    # Our own pages send no referrer where the address holds a secret, so its absence must not refuse a form.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    sessions.install(app)
    limiter.init_app(app)


def _who_tries() -> str:
    return f"{get_remote_address()} {request.form.get('email', '').strip().lower()}"


def _too_many(_limit: RequestLimit) -> Response:
    logs.hop("login.limited")
    return _form(TOO_MANY, 429)


def _failed(response: Response) -> bool:
    return response.status_code == 422


@bp.route("/login", methods=["GET", "POST"])
@limiter.limit("10/minute;50/hour", key_func=_who_tries, methods=["POST"], deduct_when=_failed, on_breach=_too_many)
def login() -> ResponseReturnValue:
    """The login form; after it he lands where he wanted to be."""
    if request.method == "GET":
        return redirect(destination(), 303) if current_user.is_authenticated else _form()
    password = request.form.get("password", "")
    with database().read() as session:
        person = people.by_email(session, request.form.get("email", ""))
    if not passwords.matches(person.password_hash if person else None, password) or not person:
        logs.hop("login.failed")
        return _form(WRONG, 422)
    if person.disabled_at:
        return _form(DISABLED, 422)
    _renew_hash(person, password)
    sessions.start(person, remember="remember" in request.form)
    logs.hop("login.done", person_id=person.id)
    return done(destination())


@bp.route("/logout", methods=["GET", "POST"])
def logout() -> ResponseReturnValue:
    """Ask, and when he is sure log out. Without duty and without a device there is nothing to ask."""
    who = viewer().person_id
    with database().read() as session:
        duty = leaving.has_duty(session, who, now=clock().now(session))
        paged = bool(live_devices(session, [who]))
    if request.method == "GET" or ((duty or paged) and "sure" not in request.form):
        return render_template("auth/logout.html", duty=duty)
    with database().write() as session:
        leaving.leave(
            session,
            who,
            endpoint=request.form.get("endpoint", ""),
            link=settings().base_url + url_for("rota.index"),
            now=clock().now(session),
        )
    sessions.end()
    return done(url_for("auth.login"))


@bp.route("/password/forgotten", methods=["GET", "POST"])
@limiter.limit("5/minute;20/hour", key_func=_who_tries, methods=["POST"])
def forgotten() -> ResponseReturnValue:
    """Mails a link. The answer never says whether somebody has this address."""
    if request.method == "POST":
        with database().write() as session:
            link_mail.forgotten(
                session,
                request.form.get("email", ""),
                base_url=settings().base_url,
                now=clock().now(session),
                real_now=real_now(),
            )
    return render_template("auth/forgotten.html", sent=request.method == "POST")


@bp.route("/access/<token>", methods=["GET", "POST"])
def access(token: str) -> ResponseReturnValue:
    """Behind an invitation or reset link: choose a password. Opening the link changes nothing; using it works once."""
    try:
        return access_link.choose(token) if request.method == "POST" else access_link.choice(token)
    except NotPossibleNow as gone:
        return access_link.private(render_template("auth/access.html", gone=gone.message), 410)


def _form(mistake: str = "", status: int = 200) -> Response:
    return make_response(
        render_template(
            "auth/login.html", mistake=mistake, email=request.form.get("email", ""), next=request.values.get("next", "")
        ),
        status,
    )


def _renew_hash(person: people.Person, password: str) -> None:
    if not person.password_hash or not passwords.is_outdated(person.password_hash):
        return
    fresh = passwords.make_hash(password)
    with database().write() as session:
        session.get_one(people.Person, person.id).password_hash = fresh
