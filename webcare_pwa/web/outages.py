"""Hoort dit bij elkaar? Taking incidents together as one outage, and apart again: one tap each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webcare_pwa.errors import NotPossibleNow
from webcare_pwa.models import situations
from webcare_pwa.models.attached import attached_to
from webcare_pwa.models.situation import Situation
from webcare_pwa.models.walls import require_incident
from webcare_pwa.steps import outage
from webcare_pwa.web.context import allowed_organisations, clock, database, house, viewer
from webcare_pwa.web.forms import number
from webcare_pwa.web.respond import done

bp = Blueprint("outages", __name__)

SHOWN = 30  # of a block of five hundred; the others are counted


@dataclass(frozen=True)
class Outage:
    """What belongs to an incident and what may belong to it. `tenants`: how many reports are one with it, its own too."""

    attached: list[Situation]
    proposed: list[Situation]
    more_attached: int
    tenants: int


def gather(session: Session, situation: Situation, *, now: datetime) -> Outage:
    """The outage of one incident."""
    ids = attached_to(session, situation.incident.id)
    likely = [each.id for each in outage.proposals(session, situation, house=house())][:SHOWN]
    walls, book = frozenset({situation.organisation.id}), house().rulebook
    shown = situations.some(session, [*ids[:SHOWN], *likely], walls, now=now, rulebook=book)
    return Outage(
        attached=[each for each in shown if each.incident.id in ids],
        proposed=[each for each in shown if each.incident.id in likely],
        more_attached=max(0, len(ids) - SHOWN), tenants=1 + len(ids),
    )


@bp.post("/incidents/<int:incident_id>/attachments")
def attach(incident_id: int) -> ResponseReturnValue:
    """Hoort erbij: this incident and another one (`other`) are one outage."""
    said = "Samengevoegd. Een antwoord gaat nu naar alle huurders."
    with database().write() as session:
        other = number("other")
        for each in (incident_id, other):
            require_incident(session, each, allowed_organisations())
        try:
            incident_id = outage.join(session, incident_id, other, by=viewer().person_id, now=clock().now(session))
        except NotPossibleNow as error:
            said = error.message
    flash(said)
    return done(url_for("incidents.show", incident_id=incident_id) + "#outage")


@bp.post("/incidents/<int:incident_id>/detachment")
def detach(incident_id: int) -> ResponseReturnValue:
    """Maak los: it is something else after all."""
    with database().write() as session:
        require_incident(session, incident_id, allowed_organisations())
        outage.detach(session, incident_id, by=viewer().person_id, now=clock().now(session), house=house())
    flash("Losgemaakt. Dit incident staat weer op zichzelf.")
    return done(url_for("incidents.show", incident_id=incident_id))
