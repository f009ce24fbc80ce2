"""What a phone reports back about a page: received, shown, opened, dismissed; and its buttons.

No login and no CSRF token: the page token in the address is the right. It is bound to one delivery on one device, lives
an hour, and lets a phone do no more than this. Nothing of the incident is told but who has it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from webcare_pwa import links
from webcare_pwa.errors import NotPossibleNow
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.person import enabled
from webcare_pwa.steps import acknowledgement, receipts, rehearsals
from webcare_pwa.steps.pages import ANSWERABLE
from webcare_pwa.web.context import clock, database, settings

bp = Blueprint("receipts", __name__)

Act = Callable[[Session, int, int, str, datetime], object]
EXPIRED = {"state": "gone", "title": "Deze oproep is verlopen",
           "body": "Open de app om te zien wat er nu speelt. U bent hiermee niet aangemeld voor het incident."}
EXPIRED_REHEARSAL = {"state": "gone", "title": "Deze proefoproep is verlopen", "body": "Open de app en bevestig daar."}
ASLEEP = {"state": "gone", "title": "Dit toestel wekt u niet", "body": "Bevestig op de telefoon die u wekt."}
UNANSWERABLE = {"state": "gone", "title": "Dit kan niet vanuit de melding", "body": "Open de app."}


@bp.after_request
def _keep_private(response: Response) -> Response:
    """The address is a secret: it must not travel to another site, nor be found by a search machine."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@bp.post("/pages/<token>/receipts")
def record(token: str) -> tuple[Response, int]:
    """Store one receipt; the answer says what has become of the incident, so that a stale notice can replace itself."""
    ids = links.read_page_token(settings().secret_key, token)
    if ids is None:
        return jsonify(EXPIRED), 410
    told = request.get_json(silent=True)
    kind = told.get("kind") if isinstance(told, dict) else None
    with database().write() as session:
        return jsonify(receipts.receipt(session, *ids, str(kind), now=clock().now(session))), 200


@bp.post("/pages/<token>/acknowledgement")
def acknowledge(token: str) -> tuple[Response, int]:
    """The button "Ik pak het op"."""
    def act(session: Session, incident_id: int, by: int, client_token: str, now: datetime) -> None:
        acknowledgement.acknowledge(session, incident_id, by=by, via="notification", token=client_token, now=now)

    return _act(token, act, "U hebt het aangenomen")


@bp.post("/pages/<token>/refusal")
def refuse(token: str) -> tuple[Response, int]:
    """The button "Kan niet"."""
    def act(session: Session, incident_id: int, by: int, client_token: str, now: datetime) -> None:
        acknowledgement.refuse(session, incident_id, by=by, token=client_token, now=now)

    return _act(token, act, "Doorgegeven: u kunt niet", then="De oproep gaat nu naar de volgende.")


@bp.get("/pages/<token>/confirmation")
def rehearsal(token: str) -> Response:
    """What pressing the notice of a rehearsal opens: one button. Where the browser draws none in the notice, and with the
    login expired, this is how it is confirmed."""
    ids = links.read_page_token(settings().secret_key, token)
    with database().read() as session:
        page = receipts.page(session, *ids) if ids else None
        if page is None or page.alert.kind not in rehearsals.CONFIRMABLE:
            return make_response(render_template("pages/confirmation.html", alert=None), 410)
        answer = receipts.state_of(session, page)
        return make_response(render_template(
            "pages/confirmation.html", alert=page.alert, token=token, answer=answer, wakes=_wakes(page)))


@bp.post("/pages/<token>/confirmation")
def confirm(token: str) -> BaseResponse | tuple[Response, int]:
    """The button "Bevestig", in the notice (JSON) or on the page (a form). It proves that device."""
    ids = links.read_page_token(settings().secret_key, token)
    with database().write() as session:
        now = clock().now(session)
        page = receipts.page(session, *ids) if ids else None
        if page is None or enabled(session, page.alert.person_id) is None:
            answer, status = EXPIRED_REHEARSAL, 410
        elif page.alert.kind not in rehearsals.CONFIRMABLE:
            answer, status = UNANSWERABLE, 409
        elif not _wakes(page):
            answer, status = ASLEEP, 409
        else:
            rehearsals.confirm(session, page.alert_id, device_id=page.device_id, now=now)
            answer, status = receipts.receipt(session, page.id, page.device_id or 0, "opened", now=now), 200
    if request.is_json:
        return jsonify({**answer, "mine": False}), status
    return redirect(url_for("receipts.rehearsal", token=token), 303)


def _wakes(page: Delivery) -> bool:
    """A computer at the office gets the rehearsal too, but a tap there says nothing about tonight."""
    return page.device is not None and page.device.waking


def _act(token: str, act: Act, done: str, then: str = "") -> tuple[Response, int]:
    """Do it once, however often the phone repeats it: the client token follows from the delivery."""
    ids = links.read_page_token(settings().secret_key, token)
    if ids is None:
        return jsonify(EXPIRED), 410
    with database().write() as session:
        now = clock().now(session)
        page = receipts.page(session, *ids)
        if page is None or enabled(session, page.alert.person_id) is None:
            return jsonify(EXPIRED), 410
        incident_id = page.alert.incident_id
        if incident_id is None or page.alert.kind not in ANSWERABLE:
            return jsonify(UNANSWERABLE), 409
        try:
            act(session, incident_id, page.alert.person_id, f"page-{page.id}", now)
        except NotPossibleNow as error:
            return jsonify(state="closed", title="Dat hoeft niet meer", body=error.message, mine=False), 200
        return jsonify(_outcome(session, page, done, then)), 200


def _outcome(session: Session, page: Delivery, done: str, then: str) -> dict[str, object]:
    """`mine`: it is now his. Else the phone shows what is said here."""
    state = receipts.state_of(session, page)
    if state["state"] != "open":
        return {**state, "mine": False}
    body = then or f"Incident {page.alert.incident_id}."
    return {"state": "open" if then else "taken", "title": done, "body": body, "mine": not then}
