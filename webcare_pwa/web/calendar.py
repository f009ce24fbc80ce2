"""The calendar of Rooster: a month or a week of a desk, and who is on at any moment asked. Plain links and one GET form."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask import Blueprint, Response, make_response, render_template, request
from sqlalchemy.orm import Session

from webcare_pwa.clock import local
from webcare_pwa.errors import NotFound
from webcare_pwa.labels.dates import DAYS_SHORT, MONTHS, MONTHS_SHORT
from webcare_pwa.models.desk_names import desk_names
from webcare_pwa.rules import periods
from webcare_pwa.rules.periods import Period
from webcare_pwa.rules.wall_time import instant
from webcare_pwa.steps import calendar
from webcare_pwa.steps.moment import moment
from webcare_pwa.web.context import allowed_organisations, clock, database, viewer

bp = Blueprint("calendar", __name__)


@bp.app_template_filter("date_words")
def date_words(day: date) -> str:
    """za 28 nov"""
    return f"{DAYS_SHORT[day.weekday()]} {day.day} {MONTHS_SHORT[day.month - 1]}"


@bp.app_template_filter("period_words")
def period_words(period: Period) -> str:
    """november 2026, week 48 van 2026"""
    return f"week {period.number} van {period.year}" if period.is_week else f"{MONTHS[period.number - 1]} {period.year}"


@bp.app_template_filter("period_short")
def period_short(period: Period) -> str:
    """november, week 48"""
    return f"week {period.number}" if period.is_week else MONTHS[period.number - 1]


@bp.get("/rota/calendar")
def index() -> Response:
    """This month."""
    with database().read() as session:
        return _page(session, periods.month_of(local(clock().now(session)).date()), None)


@bp.get("/rota/calendar/week")
def week() -> Response:
    """This week."""
    with database().read() as session:
        return _page(session, periods.week_of(local(clock().now(session)).date()), None)


@bp.get("/rota/calendar/<period>")
@bp.get("/rota/calendar/<period>/<int:desk_id>")
def show(period: str, desk_id: int | None = None) -> Response:
    """A month or week, of the first desk of the viewer or of the one asked for."""
    try:
        wanted = periods.parse(period)
    except ValueError as error:
        raise NotFound() from error
    with database().read() as session:
        return _page(session, wanted, desk_id)


@bp.get("/rota/who")
def who() -> Response:
    """Who is on, and who comes next, at the moment asked; without one it is now."""
    with database().read() as session:
        now = clock().now(session)
        typed = {
            "date": request.args.get("date", f"{local(now):%Y-%m-%d}"), "time": request.args.get("time", f"{local(now):%H:%M}"),
        }  # fmt: skip
        asked = bool(request.args)
        at = _moment(typed) if asked else now
        desks = desk_names(session, allowed_organisations())
        found = {desks[desk_id]: moment(session, desk_id, at) for desk_id in desks} if at else {}
    page = render_template("calendar/who.html", typed=typed, at=at, asked=asked, found=found, note=_note(typed, at))
    return make_response(page, 200 if at else 422)


def _page(session: Session, period: Period, desk_id: int | None) -> Response:
    desks = desk_names(session, allowed_organisations())
    chosen = next(iter(desks), None) if desk_id is None else desk_id
    if chosen is not None and chosen not in desks:
        raise NotFound()
    now = clock().now(session)
    sheet = calendar.sheet(session, chosen, period, viewer=viewer().person_id, now=now) if chosen is not None else None
    today = local(now).date()
    seen = today if period.first <= today < period.after else period.first
    return make_response(render_template(
        "calendar/show.html", sheet=sheet, period=period, desks=desks, chosen=chosen, now=now, weekdays=DAYS_SHORT,
        month=periods.month_of(seen), week=periods.week_of(seen),
        today=today, today_in=periods.week_of(today) if period.is_week else periods.month_of(today),
    ))  # fmt: skip


def _moment(typed: dict[str, str]) -> datetime | None:
    """The moment in the form (Dutch wall time), None when it is none that a rota can answer for."""
    try:
        day, at = date.fromisoformat(typed["date"].strip()), time.fromisoformat(typed["time"].strip())
    except ValueError:
        return None
    if at.tzinfo or not periods.FIRST_YEAR <= day.year <= periods.LAST_YEAR:
        return None
    return instant(day, at)


def _note(typed: dict[str, str], at: datetime | None) -> str:
    """skipped: the clock jumps over that time; twice: it comes twice that night; else empty (`rules/wall_time.py`)."""
    if at is None:
        return ""
    shown = f"{local(at):%H:%M}"
    if time.fromisoformat(typed["time"].strip()) != time.fromisoformat(shown):
        return "skipped"
    return "twice" if f"{local(at + timedelta(hours=1)):%H:%M}" == shown else ""
