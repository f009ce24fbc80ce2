"""Werktijden of one person: when he works, and what the working-time law asks. For who plans."""

from __future__ import annotations

from datetime import date, time

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from webcare_pwa.errors import Invalid
from webcare_pwa.labels import dates
from webcare_pwa.models.working import LawFact, WorkDay, law_facts_of, work_days_of
from webcare_pwa.steps import people, working
from webcare_pwa.web.context import clock, database, viewer
from webcare_pwa.web.respond import done

bp = Blueprint("working", __name__)


@bp.route("/people/<int:person_id>/working-hours", methods=["GET", "POST"])
def show(person_id: int) -> ResponseReturnValue:
    """See and replace the hours of a person."""
    if request.method == "GET":
        return _page(person_id, None)
    try:
        week, adult_on = _read(request.form)
        with database().write() as session:
            people.find(session, person_id, actor=viewer())
            working.write_down(
                session, person_id, week, adult_on=adult_on, exempt="exempt" in request.form,
                employed="elsewhere" not in request.form, by=viewer().person_id, now=clock().now(session),
            )  # fmt: skip
    except Invalid as mistake:
        return _page(person_id, mistake)
    return done(url_for("people.show", person_id=person_id))


def _page(person_id: int, mistake: Invalid | None) -> Response:
    with database().read() as session:
        person = people.find(session, person_id, actor=viewer())
        typed = request.form if mistake else _typed(
            work_days_of(session, [person_id]).get(person_id, []), law_facts_of(session, [person_id]).get(person_id)
        )
    page = render_template(
        "people/working.html", person=person, typed=typed, wrong=mistake.fields if mistake else {}, mistake=mistake,
        days=dates.DAYS,
    )  # fmt: skip
    return make_response(page, 422 if mistake else 200)


def _typed(days: list[WorkDay], fact: LawFact | None) -> MultiDict[str, str]:
    typed = MultiDict(
        pair
        for row in days
        for pair in (
            (f"from-{row.weekday}", f"{row.starts:%H:%M}"), (f"to-{row.weekday}", f"{row.ends:%H:%M}"),
            (f"break-{row.weekday}", str(row.break_minutes)),
        )
    )  # fmt: skip
    if fact:
        typed["adult_on"] = fact.adult_on.isoformat() if fact.adult_on else ""
        typed.update({name: "1" for name, on in (("exempt", fact.exempt), ("elsewhere", not fact.employed)) if on})
    return typed


def _read(form: MultiDict[str, str]) -> tuple[dict[int, working.Hours], date | None]:
    """Raises `Invalid` with the fields from-0, to-0, break-0 and so on, and adult_on. A day without times is free."""
    wrong: dict[str, str] = {}
    week = {}
    for day in range(7):
        given = [form.get(f"{name}-{day}", "").strip() for name in ("from", "to", "break")]
        if any(given[:2]):
            starts, ends = _time(given[0], f"from-{day}", wrong), _time(given[1], f"to-{day}", wrong)
            week[day] = working.Hours(starts, ends, _minutes(given[2], f"break-{day}", wrong))
    adult_on = None
    try:
        adult_on = date.fromisoformat(form["adult_on"]) if form.get("adult_on", "").strip() else None
    except ValueError:
        wrong["adult_on"] = "Vul een datum in, bijvoorbeeld 01-02-2027."
    if wrong:
        raise Invalid("De werktijden zijn niet bewaard. Kijk de velden na.", wrong)
    return week, adult_on


def _time(text: str, field: str, wrong: dict[str, str]) -> time:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        wrong[field] = "Vul een tijd in, bijvoorbeeld 08:00."
        return time()


def _minutes(text: str, field: str, wrong: dict[str, str]) -> int:
    if not text or (text.isascii() and text.isdigit() and len(text) < 4):
        return int(text or "0")
    wrong[field] = "Vul een aantal minuten in."
    return 0
