"""Droog oefenen: the escalation played for a moment of choice, without calling anybody."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, Response, make_response, render_template, request

from webcare_pwa.clock import local
from webcare_pwa.errors import NotFound
from webcare_pwa.models import organisation as organisations
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.walls import desk_for
from webcare_pwa.rules import policy as rules
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps.dry_run import dry_run
from webcare_pwa.web.context import allowed_organisations, clock, database

bp = Blueprint("policy_trial", __name__)

AHEAD = timedelta(days=60)  # so far the rota is watched for gaps


@bp.get("/policies/<int:desk_id>/trial")
def show(desk_id: int) -> Response:
    """The dry run: whom a case would reach now, or at a moment of choice."""
    urgency = request.args.get("urgency", rules.URGENCIES[0])
    with database().read() as session:
        now = clock().now(session)
        desk = desk_for(session, desk_id, allowed_organisations())
        at, fault = _moment(request.args.get("at", ""), now)
        served = [each for each in organisations.some(session, allowed_organisations()) if each.desk_id == desk.id]
        chosen = _chosen(served, request.args.get("organisation", ""))
        if urgency not in rules.URGENCIES:
            raise NotFound()
        played = dry_run(session, chosen.id, urgency, at)
    typed = request.args.get("at", "") or f"{local(at):%Y-%m-%dT%H:%M}"
    page = render_template(
        "policies/trial.html", desk=desk, served=served, chosen=chosen, urgency=urgency, urgencies=rules.URGENCIES, at=at,
        typed=typed, fault=fault, played=played, now=now,
    )  # fmt: skip
    return make_response(page, 422 if fault else 200)


def _moment(text: str, now: datetime) -> tuple[datetime, str]:
    """The moment asked for, and what is wrong with it (then it is now)."""
    if not text.strip():
        return now, ""
    try:
        at = parse(text)
    except (ValueError, OverflowError):
        return now, "Vul een datum en een tijd in, bijvoorbeeld 28-11-2026 02:00."
    minute = now.replace(second=0, microsecond=0)
    if not minute <= at <= now + AHEAD:
        return now, "Kies een moment vanaf nu, hoogstens 60 dagen vooruit."
    return max(at, now), ""


def _chosen(served: list[Organisation], number: str) -> Organisation:
    return next((each for each in served if str(each.id) == number), served[0])
