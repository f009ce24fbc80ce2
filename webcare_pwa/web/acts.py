"""What people do to an incident. Each act is a noun that is created by one step; a repeated form changes nothing.

An act that a step refuses brings the page back with the sentence and with what was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webcare_pwa.errors import Invalid, NotPossibleNow
from webcare_pwa.models.walls import require_incident, require_transfer
from webcare_pwa.steps import acknowledgement, reassessment, unfinished
from webcare_pwa.steps import progress as progress_step
from webcare_pwa.steps import transfer as transfer_step
from webcare_pwa.web import case_page
from webcare_pwa.web.context import allowed_organisations, clock, database, house, viewer
from webcare_pwa.web.forms import client_token, coming_time, number, text
from webcare_pwa.web.respond import done

bp = Blueprint("acts", __name__)

NOTE = 4000  # signs in a note
PARTY = 120  # signs in a name

Act = Callable[[Session, datetime], object]


def _act(incident_id: int, form: str, act: Act, said: str = "") -> ResponseReturnValue:
    """Carry out one act within the walls and show the incident; a refused act keeps what was typed."""
    try:
        with database().write() as session:
            require_incident(session, incident_id, allowed_organisations())
            act(session, clock().now(session))
    except (Invalid, NotPossibleNow) as error:
        mistake = case_page.mistake_of(error, form, request.form)
        status = 422 if isinstance(error, Invalid) else 409
        return case_page.show(incident_id, allowed_organisations(), mistake=mistake, status=status)
    if said:
        flash(said)
    return done(url_for("incidents.show", incident_id=incident_id))


@bp.post("/incidents/<int:incident_id>/openings")
def opening(incident_id: int) -> ResponseReturnValue:
    """The page of the incident was seen; it says so by itself."""
    with database().write() as session:
        require_incident(session, incident_id, allowed_organisations())
        unfinished.record_opening(session, incident_id, viewer().person_id, now=clock().now(session))
    return "", 204


@bp.post("/incidents/<int:incident_id>/acknowledgement")
def acknowledge(incident_id: int) -> ResponseReturnValue:
    """Ik pak het op."""
    return _act(incident_id, "acknowledgement", lambda session, now: acknowledgement.acknowledge(
        session, incident_id, by=viewer().person_id, via="screen", token=client_token(), now=now))


@bp.post("/incidents/<int:incident_id>/refusal")
def refuse(incident_id: int) -> ResponseReturnValue:
    """Kan niet."""
    return _act(incident_id, "refusal", lambda session, now: acknowledgement.refuse(
        session, incident_id, by=viewer().person_id, token=client_token(), now=now),
        "U kunt niet. De volgende wordt nu opgeroepen.")


@bp.post("/incidents/<int:incident_id>/transfers")
def transfer(incident_id: int) -> ResponseReturnValue:
    """Geef over aan een collega."""
    return _act(incident_id, "transfer", lambda session, now: transfer_step.hand_on(
        session, incident_id, by=viewer().person_id, to=number("to"), note=text("note", NOTE), token=client_token(),
        now=now), "Uw collega krijgt een oproep. Het blijft van u tot hij het aanneemt.")


@bp.post("/incidents/<int:incident_id>/transfers/<int:transfer_id>/answer")
def answer_transfer(incident_id: int, transfer_id: int) -> ResponseReturnValue:
    """Ik neem het over, or not."""
    def act(session: Session, now: datetime) -> None:
        require_transfer(session, incident_id, transfer_id, allowed_organisations())
        accept = request.form.get("answer") == "accept"
        transfer_step.answer(session, transfer_id, by=viewer().person_id, accept=accept, now=now)
    return _act(incident_id, "transfer_answer", act)


@bp.post("/incidents/<int:incident_id>/progress")
def progress(incident_id: int) -> ResponseReturnValue:
    """Vastleggen: a typed fact, with a party and a promised time when there are any."""
    def act(session: Session, now: datetime) -> None:
        kind, promised_at = request.form.get("kind", ""), coming_time("promised_at", now)
        note = text("note", NOTE)
        if kind == "note" and not note:
            raise Invalid("Schrijf eerst uw notitie.", {"note": "Schrijf eerst uw notitie."})
        progress_step.record(
            session, incident_id, kind, by=viewer().person_id, note=note, party=text("party", PARTY),
            promised_at=None if kind == "call_failed" else promised_at, token=client_token(), now=now)
    return _act(incident_id, request.form.get("form", "progress"), act, "Vastgelegd.")


@bp.post("/incidents/<int:incident_id>/urgency")
def urgency(incident_id: int) -> ResponseReturnValue:
    """Urgentie wijzigen."""
    return _act(incident_id, "urgency", lambda session, now: reassessment.change_urgency(
        session, incident_id, request.form.get("urgency", ""), by=viewer().person_id, reason=text("reason", NOTE),
        now=now, house=house()))


@bp.post("/incidents/<int:incident_id>/closure")
def close(incident_id: int) -> ResponseReturnValue:
    """Afsluiten, with how it ended."""
    return _act(incident_id, "closure", lambda session, now: progress_step.close(
        session, incident_id, request.form.get("outcome", ""), by=viewer().person_id, note=text("note", NOTE),
        token=client_token(), now=now), "Afgesloten.")


@bp.post("/incidents/<int:incident_id>/reopening")
def reopen(incident_id: int) -> ResponseReturnValue:
    """Heropenen."""
    return _act(incident_id, "reopening", lambda session, now: reassessment.reopen(
        session, incident_id, by=viewer().person_id, token=client_token(), now=now, house=house()),
        "Het incident is weer open.")
