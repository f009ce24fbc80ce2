"""The duty agreement of an organisation, generated from the rows: nothing on it is typed by hand."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, make_response, render_template

from webcare_pwa.labels import dates
from webcare_pwa.models import organisation as organisations
from webcare_pwa.models import plan as plans
from webcare_pwa.models.policy import policies_of
from webcare_pwa.rules import holidays, paging
from webcare_pwa.rules.escalation import BACKUP
from webcare_pwa.rules.wall_time import wall
from webcare_pwa.web.context import clock, database, house

bp = Blueprint("agreement", __name__)

_HOLIDAYS_SHOWN = 9


@bp.app_template_filter("weekday")
def weekday(number: int) -> str:
    """maandag for 0."""
    return dates.DAYS[number]


@bp.app_template_filter("date_in_words")
def date_in_words(day: date) -> str:
    """vrijdag 25 december 2026."""
    return f"{dates.DAYS[day.weekday()]} {day.day} {dates.MONTHS[day.month - 1]} {day.year}"


@bp.get("/afspraken/<slug>")
def show(slug: str) -> Response:
    """Hours, channels, norms, escalation and the 24-hour number, for everybody to read."""
    with database().read() as session:
        now = clock().now(session)
        organisation = organisations.by_slug(session, slug)
        hours = plans.hours_of(session, organisation.id)
        policies = policies_of(session, organisation.desk_id)
    backup = {
        urgency: next((step.after_seconds for step in steps if step.who == BACKUP), None) for urgency, steps in policies.items()
    }
    return make_response(
        render_template(
            "agreement/show.html",
            organisation=organisation,
            hours=hours,
            holidays=holidays.upcoming(wall(now).date(), _HOLIDAYS_SHOWN),
            urgencies=house().rulebook.urgencies,
            policies=policies,
            backup=backup,
            told={urgency: int(after.total_seconds()) for urgency, after in paging.TELL_TENANT_AFTER.items()},
            untouched=int(paging.DAY_UNTOUCHED_AFTER.total_seconds()),
        )
    )
