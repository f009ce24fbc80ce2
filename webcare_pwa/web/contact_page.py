"""The page behind the link of an SMS, a ntfy message or a mail: it came, I take it, I cannot.

No login, no session and no CSRF token: the token in the address is the right. It is bound to one message by one contact
method, lives an hour, and tells nothing of the incident. Looking changes nothing, as mail scanners open links too; only a
button acts, and each act also proves that the message came.
"""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from webcare_pwa import links
from webcare_pwa.errors import NotPossibleNow
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.person import enabled
from webcare_pwa.steps import acknowledgement, bundling, contact_methods, receipts
from webcare_pwa.steps.pages import ANSWERABLE
from webcare_pwa.web.context import clock, database, settings

bp = Blueprint("contact_page", __name__)

RESULTS = frozenset({"came", "taken", "refused", "not_needed"})


@bp.after_request
def _keep_private(response: Response) -> Response:
    """The address is a secret: it must not travel to another site, nor be found by a search machine."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@bp.get("/c/<token>")
def show(token: str) -> Response:
    """What can be answered."""
    with database().read() as session:
        row = _message(session, token)
        if row is None:
            return _page(None, "", 410)
        result = request.args.get("result", "")
        state = receipts.state_of(session, row)
        answerable = _is_answerable(session, row)
    return _page(row, result if result in RESULTS else "", 200, token=token, state=state, answerable=answerable)


@bp.post("/c/<token>/arrival")
def arrive(token: str) -> BaseResponse:
    """Dit bericht kwam aan."""
    return _act(token, "came")


@bp.post("/c/<token>/acknowledgement")
def acknowledge(token: str) -> BaseResponse:
    """Ik pak het op."""
    return _act(token, "taken")


@bp.post("/c/<token>/refusal")
def refuse(token: str) -> BaseResponse:
    """Kan niet."""
    return _act(token, "refused")


def _act(token: str, result: str) -> BaseResponse:
    """Prove, and answer the call when there is one to answer. Once, however often it is sent: the client token follows from
    the message."""
    with database().write() as session:
        now = clock().now(session)
        row = _message(session, token)
        if row is None:
            return _page(None, "", 410)
        contact_methods.prove(row, now=now)
        bundling.share_receipt(session, row)
        if result != "came":
            result = _answer(session, row, result, now)
    return redirect(url_for("contact_page.show", token=token, result=result), 303)


def _answer(session: Session, row: Delivery, result: str, now: datetime) -> str:
    incident_id, by = row.alert.incident_id, row.alert.person_id
    if incident_id is None or not _is_answerable(session, row):
        return "came"
    try:
        if result == "taken":
            acknowledgement.acknowledge(session, incident_id, by=by, via="contact", token=f"contact-{row.id}", now=now)
        else:
            acknowledgement.refuse(session, incident_id, by=by, token=f"contact-{row.id}", now=now)
    except NotPossibleNow:
        return "not_needed"
    return result


def _is_answerable(session: Session, row: Delivery) -> bool:
    """May it be taken from here? Not a message that speaks for several incidents: those are chosen from in the app."""
    return row.alert.kind in ANSWERABLE and not bundling.carriers(session, [row.id])


def _message(session: Session, token: str) -> Delivery | None:
    ids = links.read_contact_token(settings().secret_key, token)
    row = contact_methods.message(session, *ids) if ids else None
    return row if row is not None and enabled(session, row.alert.person_id) else None


def _page(row: Delivery | None, result: str, status: int, **more: object) -> Response:
    return make_response(render_template("contacts/answer.html", row=row, result=result, **more), status)
