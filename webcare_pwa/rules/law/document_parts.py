"""Stretches of time, working hours and settings of a document for the law check, read. A faulty one gives None."""

from __future__ import annotations

from dataclasses import fields as fields_of
from datetime import date, datetime, time
from typing import Any

from webcare_pwa.rules import field_values as values
from webcare_pwa.rules.fields import Field
from webcare_pwa.rules.law.bounds import fault
from webcare_pwa.rules.law.person import CallOut, Leave, Shift, Span, Standby
from webcare_pwa.rules.law.settings import KEYS, LawSettings
from webcare_pwa.rules.law.working_hours import WorkingHours

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SOME_DAY = date(2000, 1, 1)


def settings_of(field: Field) -> LawSettings:
    """The norms; what is left out is the Act. Unknown keys and values beyond the law are faults."""
    if field.value is None:
        return LawSettings()
    given = field.only(*KEYS).value
    if not isinstance(given, dict):
        return LawSettings()
    found = {}
    for key in fields_of(LawSettings):
        if key.name in given:
            wrong = fault(key.name, given[key.name])
            if wrong:
                field.field(key.name).fault(wrong)
            else:
                found[key.name] = given[key.name]
    return LawSettings(**found)


def span(field: Field) -> Span | None:
    """A stretch, `starts` and `ends`."""
    ends = _ends(field.only("starts", "ends"))
    return Span(*ends) if ends else None


def standby(field: Field) -> Standby | None:
    """A standby duty."""
    ends = _ends(field.only("starts", "ends", "published"))
    published = _moment(field, "published")
    return Standby(*ends, published) if ends else None


def shift(field: Field) -> Shift | None:
    """Planned work."""
    ends = _ends(field.only("starts", "ends", "breaks"))
    breaks = tuple(filter(None, map(span, field.items("breaks")))) if field.has("breaks") else None
    return Shift(*ends, breaks) if ends else None


def call_out(field: Field) -> CallOut | None:
    """A call-out."""
    ends = _ends(field.only("starts", "ends", "work_done"))
    done = _moment(field, "work_done")
    if ends and done and not ends[0] <= done <= ends[1]:
        field.field("work_done").fault("must lie between starts and ends")
        return None
    return CallOut(*ends, done) if ends else None


def leave(field: Field) -> Leave | None:
    """Leave."""
    ends = _ends(field.only("starts", "ends", "minutes"))
    minutes = field.number("minutes", least=0, most=60 * 24 * 366) if field.has("minutes") else None
    if ends is None:
        return None
    if minutes is not None and minutes > Span(*ends).minutes_long:
        field.field("minutes").fault("must not be more than the leave lasts")
        return None
    return Leave(*ends, minutes)


def hours(field: Field) -> WorkingHours | None:
    """Working hours by the week."""
    field.only("days", "from", "to", "breaks", "first_day", "last_day", "on_holidays")
    before = len(field.faults)
    weekdays = frozenset(each.read(_weekday, 0) for each in field.items("days", required=True))
    breaks = tuple(_rest(each) for each in field.items("breaks")) if field.has("breaks") else None
    found = WorkingHours(
        weekdays, field.clock("from"), field.clock("to"), breaks,
        _day(field, "first_day"), _day(field, "last_day"), field.flag("on_holidays", False),
    )  # fmt: skip
    return found if len(field.faults) == before else None


def _ends(field: Field) -> tuple[datetime, datetime] | None:
    before = len(field.faults)
    starts, ends = field.moment("starts"), field.moment("ends")
    if len(field.faults) == before and ends <= starts:
        field.field("ends").fault("must be later than starts")
    return (starts, ends) if len(field.faults) == before else None


def _moment(field: Field, name: str) -> datetime | None:
    return field.moment(name) if field.has(name) else None


def _day(field: Field, name: str) -> date | None:
    return field.field(name).read(values.day, _SOME_DAY) if field.has(name) else None


def _rest(field: Field) -> tuple[time, time]:
    field.only("from", "to")
    start, end = field.clock("from"), field.clock("to")
    if start == end:
        field.field("to").fault("must not be the same as from")
    return start, end


def _weekday(value: Any) -> int:
    return WEEKDAYS.index(values.text(value, WEEKDAYS))
