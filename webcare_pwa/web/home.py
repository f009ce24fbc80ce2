"""Nu: the first screen of whoever is logged in. What is wrong or waits for him stands first, and one act is lit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.errors import NotPossibleNow
from webcare_pwa.models import situations
from webcare_pwa.models.alert import Alert
from webcare_pwa.models.person import Person
from webcare_pwa.models.proof import proofs
from webcare_pwa.models.situation import Situation
from webcare_pwa.rules.access import CARETAKER, CASE_READERS, CASE_WORKERS, CUSTOMER_SERVICE, DUTY, OPERATOR, PLANNERS
from webcare_pwa.rules.joining import missing
from webcare_pwa.rules.paging import URGENT
from webcare_pwa.rules.viewer import Viewer
from webcare_pwa.steps import gaps, joining, rehearsals, unfinished
from webcare_pwa.web import duty, restores, this_device
from webcare_pwa.web.context import clock, database, house, viewer
from webcare_pwa.web.countdown import Countdown, countdown
from webcare_pwa.web.place import Place, place_of
from webcare_pwa.web.respond import done
from webcare_pwa.web.rights import Rights, rights

bp = Blueprint("home", __name__)

PANELS = 1  # incidents drawn large; the others are rows


@dataclass(frozen=True)
class Card:
    """One open incident on Nu. `called`: the newest call of a colleague, while nobody has it."""

    situation: Situation
    countdown: Countdown | None
    place: Place
    rights: Rights
    update_by: datetime | None  # until when the owner may be silent

    @property
    def called(self) -> Alert | None:
        """Who was called last."""
        calls = [each for each in self.situation.alerts if each.kind == "step"]
        return calls[-1] if calls else None

    @property
    def is_mine(self) -> bool:
        """Does the viewer own it?"""
        return self.rights.is_owner

    @property
    def receives(self) -> bool:
        """Is it being handed to the viewer?"""
        return self.rights.receives


@bp.get("/")
def root() -> ResponseReturnValue:
    """Where the app opens."""
    return redirect(url_for("home.now" if current_user.is_authenticated else "auth.login"), 303)


@bp.get("/nu")
def now() -> str:
    """Nu, the whole page."""
    return render_template("home/index.html", polled=False, lacks=_lacks(), **_facts())


@bp.get("/nu/status")
def status() -> str:
    """The live part of Nu."""
    return render_template("home/_status.html", polled=True, **_facts())


@bp.post("/nu/confirmation")
def confirm() -> ResponseReturnValue:
    """Confirm one's own rehearsal, on a phone that can wake: another browser would prove nothing."""
    me = viewer()
    with database().write() as session:
        here = this_device.among(proofs(session, me.person_id))
        if here is None or here.dead or not here.device.waking:
            raise NotPossibleNow("Bevestig op de telefoon waarop u opgeroepen wordt.")
        alert_id = request.form.get("alert_id", 0, type=int)
        rehearsals.confirm_own(session, alert_id, by=me.person_id, device_id=here.device.id, now=clock().now(session))
    return done(url_for("home.now"))


def _facts() -> dict[str, object]:
    me = viewer()
    readable = me.organisations(CASE_READERS)
    with database().read() as session:
        at = clock().now(session)
        duties = duty.duties(session, me.organisations(), me.person_id, at)
        open_now = situations.open_incidents(session, readable, now=at, rulebook=house().rulebook) if readable else []
        names = _names(session, duties)
        holes = {each.desk.id: gaps.summary(session, each.desk.id, now=at) for each in duties} if me.has(*PLANNERS) else {}
        restored = restores.notice(session, me)
        here = this_device.among(proofs(session, me.person_id))
        silent = unfinished.update_by(session, [each.incident.id for each in open_now], now=at, house=house())
    urgent = [_card(each, me, at, silent.get(each.incident.id)) for each in open_now if each.urgency in URGENT]
    to_take = next((each.situation for each in urgent if _may_take(each)), None)
    return {
        "me": me, "now": at, "duties": duties, "names": names, "holes": holes, "reads_cases": bool(readable), "urgent": urgent,
        "waiting": len(open_now) - len(urgent), "to_take": to_take, "act": _act(me, to_take), "panels": PANELS,
        "restored": restored,
        "proves": bool(here and here.device.waking and not here.dead),
    }


def _lacks() -> list[str]:
    """What the viewer must still do before he is ready for duty."""
    me = viewer()
    if not me.has(DUTY):
        return []
    with database().read() as session:
        return missing(joining.lists(session, [me.person_id])[me.person_id])


def _card(situation: Situation, me: Viewer, at: datetime, update_by: datetime | None) -> Card:
    return Card(situation, countdown(situation, at), place_of(situation), rights(me, situation), update_by)


def _may_take(card: Card) -> bool:
    return card.situation.is_alerting and card.rights.works


def _act(me: Viewer, to_take: Situation | None) -> str:
    """Which act is lit: acknowledge | report | handover | ""."""
    if to_take:
        return "acknowledge"
    if me.has(OPERATOR) or (me.has(CARETAKER) and not me.has(*(CASE_WORKERS - {CARETAKER}))):
        return "report"
    return "handover" if me.has(CUSTOMER_SERVICE) else ""


def _names(session: Session, duties: list[duty.Duty]) -> dict[int, str]:
    """Names of the people behind the gaps."""
    ids = {gap.person_id for each in duties for gap in each.gaps if gap.person_id}
    return {each.id: each.name for each in session.scalars(select(Person).where(Person.id.in_(ids)))}
