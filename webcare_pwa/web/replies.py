"""Antwoord: the composer. Look, change a word if need be, send."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webcare_pwa.errors import Invalid
from webcare_pwa.labels import WORDS
from webcare_pwa.models import situations
from webcare_pwa.rules.house_rules import WARN, Finding
from webcare_pwa.steps import house_rules, replies, reply_to_all
from webcare_pwa.steps.composing import for_composer
from webcare_pwa.web import composer
from webcare_pwa.web.choice import FREE
from webcare_pwa.web.composer import Composer
from webcare_pwa.web.context import allowed_organisations, clock, database, house, viewer
from webcare_pwa.web.forms import client_token
from webcare_pwa.web.respond import done

bp = Blueprint("replies", __name__)


@bp.get("/incidents/<int:incident_id>/replies/new")
def new(incident_id: int) -> Response:
    """The best replies, filled. `template` chooses one, `again` takes the words of an earlier reply."""
    again = request.args.get("again", "0")
    with database().read() as session:
        screen = composer.gather(
            session, incident_id, allowed_organisations(), template=request.args.get("template", ""),
            again=int(again) if again.isascii() and again.isdigit() and len(again) < 10 else 0)
    return _page(screen)


@bp.post("/incidents/<int:incident_id>/replies")
def create(incident_id: int) -> ResponseReturnValue:
    """Send a reply, or record that the tenant was called. Once per form, however often it is sent."""
    chosen = request.form.get("template", "") or FREE
    text_nl, text_en = (request.form.get(f"{name}-{chosen}", request.form.get(name, "")) for name in ("text_nl", "text_en"))
    try:
        warned = _send(incident_id, chosen, text_nl, text_en)
    except Invalid as error:
        with database().read() as session:
            screen = composer.gather(session, incident_id, allowed_organisations(), template=chosen)
        return _page(composer.refused(screen, error, chosen, text_nl, text_en), 422)
    flash("Vastgelegd." if request.form.get("kind") == replies.CALL else "Uw antwoord staat klaar voor de huurder.")
    for each in warned:
        flash(f'Voor een volgende keer: "{each.words}". {each.message} {each.better}')
    return done(url_for("incidents.show", incident_id=incident_id))


def _send(incident_id: int, chosen: str, text_nl: str, text_en: str) -> list[Finding]:
    """Send; returns what is worth a word about the manner, but does not stop the answer."""
    by = viewer().person_id
    with database().write() as session:
        now = clock().now(session)
        found = situations.load(session, incident_id, allowed_organisations(), now=now, rulebook=house().rulebook)
        kind, template = _kind(chosen)
        first = not any(each.client_token == client_token() for each in found.replies)
        if kind == replies.QUICK and first:
            ranked = for_composer(session, found, now=now, house=house(), by=by)
            composer.require_choosable(ranked, template)
        broken: tuple[Finding, ...] = ()
        if kind != replies.CALL and first:
            broken = house_rules.findings(
                session, found, template=template, text_nl=text_nl, text_en=text_en, by=by, now=now, house=house()
            )
            house_rules.require(session, found, broken, reason=request.form.get("reason", ""), by=by, now=now)
        reply = replies.queue(session, found, template=template, text_nl=text_nl, text_en=text_en, by=by, kind=kind,
                              token=client_token(), now=now, house=house())
        reply_to_all.queue(session, found, reply, by=by, now=now, house=house())
        return [each for each in broken if each.level == WARN]


def _kind(chosen: str) -> tuple[str, str]:
    """(kind, template) of what was posted."""
    if request.form.get("kind") == replies.CALL:
        return replies.CALL, replies.NO_ANSWER if request.form.get("answer") == replies.NO_ANSWER else replies.SPOKEN
    return (replies.FREE, "") if chosen == FREE else (replies.QUICK, chosen)


def _page(screen: Composer, status: int = 200) -> Response:
    html = render_template("replies/new.html", screen=screen, situation=screen.situation, now=screen.now,
                           house_rule_reasons=WORDS["house_rule_reason"])
    return make_response(html, status)
