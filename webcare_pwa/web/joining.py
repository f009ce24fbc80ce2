"""Klaar voor de dienst: one's own list before the first shift. Everybody sees and confirms his own only."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webcare_pwa.models.joining import facts_of, numbers_of
from webcare_pwa.rules import joining as rules
from webcare_pwa.rules.access import DUTY
from webcare_pwa.steps import joining as steps
from webcare_pwa.web import this_device
from webcare_pwa.web.context import clock, database, settings, viewer
from webcare_pwa.web.respond import done
from webcare_pwa.web.user_agent import platform_of

bp = Blueprint("joining", __name__)


@bp.get("/joining")
def show() -> str:
    """What is done and what is to be done, with the way to each."""
    me = viewer()
    with database().read() as session:
        facts = facts_of(session, [me.person_id])[me.person_id]
        numbers = numbers_of(session, [me.person_id])[me.person_id]
    waking = [phone for phone in facts.phones if phone.waking]
    items = rules.items(facts)
    return render_template(
        "joining/show.html", items=items, missing=rules.missing(items), asked=rules.ASKED, of_phone=rules.OF_PHONE,
        has_phone=bool(waking), numbers=numbers, duty=me.has(DUTY), called_from=settings().voice_from,
        platform=waking[-1].platform if waking else platform_of(touch=False),
    )  # fmt: skip


@bp.post("/joining/confirmations")
def confirm() -> ResponseReturnValue:
    """His word for what no row can know."""
    item = request.form.get("item", "")
    with database().write() as session:
        steps.confirm(session, viewer().person_id, item, here=this_device.claimed(), now=clock().now(session))
    return done(url_for("joining.show", _anchor=f"item-{item}"))
