"""What a call provider asks and tells: what to say, which key was pressed, how the call ended.

No login and no CSRF token. Two things are the right: the provider's signature, and in the address a token bound to one
delivery, which lives an hour. Whatever is wrong with the call itself is said in the call, as an error page would be read
out as "an application error has occurred".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, abort, make_response, render_template, request
from sqlalchemy.orm import Session

from webcare_pwa import links, logs
from webcare_pwa.rules.voice_signature import is_genuine
from webcare_pwa.steps import calls
from webcare_pwa.steps.calls import Said
from webcare_pwa.web.context import clock, database, settings

bp = Blueprint("voice", __name__)

TIMES = 3  # the question is asked; somebody half asleep misses the first one


@bp.before_request
def _check() -> None:
    if not settings().voice_token:
        abort(404)
    form = list(request.form.items(multi=True))
    url = settings().base_url + request.full_path.rstrip("?")
    if not is_genuine(settings().voice_token, url, form, request.headers.get("X-Twilio-Signature", "")):
        logs.hop("call.forged", address=request.endpoint)
        abort(403)


@bp.post("/calls/<token>")
def menu(token: str) -> Response:
    """Somebody, or a voicemail, picked up."""
    return _say(token, lambda session, delivery_id, now: calls.menu(session, delivery_id))


@bp.post("/calls/<token>/key")
def key(token: str) -> Response:
    """A key was pressed."""
    pressed = request.form.get("Digits", "")
    return _say(token, lambda session, delivery_id, now: calls.press(session, delivery_id, pressed, now=now))


@bp.post("/calls/<token>/status")
def status(token: str) -> tuple[str, int]:
    """How far the call is."""
    delivery_id = links.read_call_token(settings().secret_key, token)
    if delivery_id is not None:
        with database().write() as session:
            calls.ended(session, delivery_id, request.form.get("CallStatus", ""), request.form.get("CallSid", ""),
                        now=clock().now(session))
    return "", 204


def _say(token: str, act: Callable[[Session, int, datetime], Said]) -> Response:
    delivery_id = links.read_call_token(settings().secret_key, token)
    said = question = Said("gone")
    if delivery_id is not None:
        with database().write() as session:
            said = act(session, delivery_id, clock().now(session))
            question = calls.menu(session, delivery_id) if said.code == "again" else said
    page = render_template("voice/say.xml", said=said, question=question, times=TIMES,
                           action=f"{settings().base_url}/calls/{token}/key")
    response = make_response(page)
    response.mimetype = "text/xml"
    return response
