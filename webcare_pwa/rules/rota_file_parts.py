"""Rotations, windows and holidays of a rota document, read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from webcare_pwa.rules import field_values as values
from webcare_pwa.rules.fields import Field
from webcare_pwa.rules.holidays import LIBERATION_DAY, LUSTRUM, HolidayRule
from webcare_pwa.rules.rota_windows import ANY, EVERY_DAY, HOLIDAYS, Window
from webcare_pwa.rules.rotation import DAYS, HOURS, UNITS, WEEKS, RotationPlan

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST = {HOURS: 8784, DAYS: 366, WEEKS: 52}
_SOME_DAY = date(2000, 1, 1)


def rotation_of(field: Field, people: Mapping[str, int], number: int) -> RotationPlan:
    """A rotation; `number` is what the plan calls it."""
    field.only("id", "members", "every", "unit", "first_handoff", "starts", "ends", "windows")
    unit = field.text("unit", WEEKS, choices=UNITS)
    first = field.wall("first_handoff")
    if isinstance(field.field("first_handoff").value, str) and len(field.field("first_handoff").value) == 10:
        field.field("first_handoff").fault("needs a time too, like 2026-11-23T08:00")
    return RotationPlan(
        tuple(each.read(lambda value: person(value, people), 0) for each in field.items("members", required=True)),
        first.date(),
        first.time(),
        field.number("every", 1, least=1, most=MOST.get(unit, 1)),
        unit,
        _optional(field, "starts", first),
        _optional(field, "ends", first),
        tuple(window_of(each) for each in field.items("windows")),
        number,
    )


def window_of(field: Field) -> Window:
    """A window."""
    field.only("days", "from", "to", "to_day", "holidays")
    days = frozenset(each.read(_weekday, 0) for each in field.items("days"))
    if field.has("days") and not days:
        field.field("days").fault("must name at least one day")
    closes_on = field.field("to_day").read(_weekday, 0) if field.has("to_day") else None
    holidays = field.text("holidays", ANY, choices=HOLIDAYS)
    return Window(field.clock("from"), field.clock("to"), days or EVERY_DAY, closes_on, holidays)


def holidays_of(root: Field) -> HolidayRule:
    """Which days count as holidays."""
    if not root.has("holidays"):
        return HolidayRule()
    field = root.field("holidays").only("good_friday", "liberation_day", "december_24", "december_31", "extra")
    return HolidayRule(
        field.flag("good_friday", False),
        field.text("liberation_day", LUSTRUM, choices=LIBERATION_DAY),
        field.flag("december_24", False),
        field.flag("december_31", False),
        tuple(_extra(each) for each in field.items("extra")),
    )


def person(value: object, people: Mapping[str, int]) -> int:
    """The number of a person that the document names; ValueError when it does not know him."""
    name = values.text(value)
    if name not in people:
        raise ValueError(f"{name!r} is not in people")
    return people[name]


def _extra(field: Field) -> tuple[date, str]:
    if isinstance(field.value, dict):
        field.only("date", "name")
        return field.field("date").read(values.day, _SOME_DAY), field.text("name", "Vrije dag")
    return field.read(values.day, _SOME_DAY), "Vrije dag"


def _optional(field: Field, name: str, first: datetime) -> datetime | None:
    """A moment at which a rotation starts or ends; a bare date is at the time of its hand-off."""
    return field.wall(name, date_at=first.time()) if field.has(name) else None


def _weekday(value: object) -> int:
    return WEEKDAYS.index(values.text(value, WEEKDAYS))
