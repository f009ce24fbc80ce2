"""Ook bereikbaar via: a person's own contacts beside push, on Toestellen. Everybody sees and touches his own only."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webcare_pwa.errors import Invalid
from webcare_pwa.models.contact_proof import ContactProof, contact_proof, contact_proofs
from webcare_pwa.rate import Meter
from webcare_pwa.rules import contact_kinds
from webcare_pwa.steps import alerting
from webcare_pwa.steps import contact_methods as steps
from webcare_pwa.web.context import clock, database, settings, viewer
from webcare_pwa.web.respond import done

bp = Blueprint("contacts", __name__)

CODES_ALLOWED = 5  # wrong ones in ten minutes, of the ten thousand there are
TOO_MANY = "U probeerde te veel codes. Wacht tien minuten, of tik op de link in het bericht."


@bp.app_template_filter("masked")
def masked(proof: ContactProof) -> str:
    """What its owner recognises an address by."""
    return contact_kinds.masked(proof.method.kind, proof.method.address)


@bp.app_template_global("my_contacts")
def my_contacts() -> list[ContactProof]:
    """For the list on Toestellen."""
    with database().read() as session:
        return contact_proofs(session, viewer().person_id)


@bp.app_template_global("contact_kinds")
def offered() -> tuple[str, ...]:
    """Which kinds this installation can use."""
    return settings().contact_kinds


@bp.get("/devices/contacts/new")
def new() -> ResponseReturnValue:
    """The form of one kind."""
    return _form(request.args.get("kind", ""), None)


@bp.post("/devices/contacts")
def create() -> ResponseReturnValue:
    """Add it, and send the first test message at once: an address that was only typed proves nothing."""
    kind = request.form.get("kind", "")
    if kind not in settings().contact_kinds:
        return done(_home())
    try:
        with database().write() as session:
            now = clock().now(session)
            method = steps.add(session, viewer().person_id, kind, request.form, offered=settings().contact_kinds, now=now)
            alerting.test_contact(session, method, key=f"contact:{method.id}:first", now=now)
            number = method.id
    except Invalid as mistake:
        return _form(kind, mistake)
    return done(_home(number))


@bp.post("/devices/contacts/<int:method_id>/order")
def order(method_id: int) -> ResponseReturnValue:
    """One place earlier or later."""
    with database().write() as session:
        steps.move(session, method_id, by=viewer().person_id, earlier=request.form.get("to") == "earlier")
    return done(_home(method_id))


@bp.post("/devices/contacts/<int:method_id>/removal")
def remove(method_id: int) -> ResponseReturnValue:
    """No more messages to it."""
    with database().write() as session:
        steps.remove(session, method_id, by=viewer().person_id, now=clock().now(session))
    return done(_home())


@bp.post("/devices/contacts/<int:method_id>/tests")
def test(method_id: int) -> ResponseReturnValue:
    """Send a test message. The same form twice is one message."""
    key = hashlib.sha256(request.form.get("client_token", "").encode()).hexdigest()[:32]
    with database().write() as session:
        method = steps.owned(session, method_id, viewer().person_id)
        alerting.test_contact(session, method, key=f"contact:{method.id}:{key}", now=clock().now(session))
    return done(_home(method_id))


@bp.post("/devices/contacts/<int:method_id>/code")
def code(method_id: int) -> ResponseReturnValue:
    """The four digits of a message, typed instead of tapping its link."""
    try:
        if _codes().is_over(str(viewer().person_id)):
            raise Invalid(TOO_MANY)
        with database().write() as session:
            steps.prove_by_code(
                session, method_id, request.form.get("code", ""), by=viewer().person_id,
                secret_key=settings().secret_key, now=clock().now(session),
            )  # fmt: skip
    except Invalid as mistake:
        return _code_again(method_id, mistake)
    return done(_home(method_id))


@bp.get("/devices/contacts/<int:method_id>/proof")
def proof(method_id: int) -> Response:
    """How far the test message is; asks again by itself while it is under way, and then draws the whole page anew."""
    with database().read() as session:
        now = clock().now(session)
        found = contact_proof(session, steps.owned(session, method_id, viewer().person_id))
    answer = make_response(render_template("contacts/_proof.html", contact=found, now=now, fragment=True))
    if found.state(now) != "waiting":
        answer.headers["HX-Refresh"] = "true"
    return answer


def _code_again(method_id: int, mistake: Invalid) -> Response:
    with database().read() as session:
        found = contact_proof(session, steps.owned(session, method_id, viewer().person_id))
    return make_response(render_template("contacts/code.html", contact=found, mistake=mistake), 422)


def _form(kind: str, mistake: Invalid | None) -> ResponseReturnValue:
    if kind not in settings().contact_kinds:
        return done(_home())
    page = render_template(
        "contacts/new.html", kind=contact_kinds.KINDS[kind], typed=request.form if mistake else {}, mistake=mistake
    )
    return make_response(page, 422 if mistake else 200)


def _home(method_id: int | None = None) -> str:
    return url_for("devices.index", _anchor=f"contact-{method_id}" if method_id else "contacts")


def _codes() -> Meter:
    found: Meter = current_app.extensions.setdefault("webcare.codes", Meter(CODES_ALLOWED))
    return found
