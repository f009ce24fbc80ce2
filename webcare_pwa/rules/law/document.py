"""The JSON form of people for the law check, read (docs/rota-format.md, "Checking the law")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from webcare_pwa.rules import field_values as values
from webcare_pwa.rules.fields import Field
from webcare_pwa.rules.law.document_parts import call_out, hours, leave, settings_of, shift, span, standby
from webcare_pwa.rules.law.person import Person, Span
from webcare_pwa.rules.law.settings import LawSettings
from webcare_pwa.rules.law.working_hours import WorkingHours

FIELDS = ("settings", "period", "people")
PERSON = (
    "id", "name", "birth_date", "employed", "atw_exempt", "part_time_percent", "standby", "work", "elsewhere", "night_shifts",
    "call_outs", "leave", "exclude_from_roster", "protected", "working_hours",
)  # fmt: skip
AROUND = timedelta(weeks=52)  # working hours are worked out so far before and after the period


@dataclass(frozen=True)
class LawDocument:
    """People with their hours by the week, the norms, and the period that the document names."""

    people: tuple[tuple[Person, tuple[WorkingHours, ...]], ...]
    settings: LawSettings
    period: Span | None

    def whole(self) -> Span | None:
        """The period, else from the first to the last thing given; None when nothing is."""
        if self.period:
            return self.period
        given: list[Span] = [
            each for person, _ in self.people
            for each in (*person.standby, *person.work, *person.night_shifts, *person.call_outs, *person.leave)
        ]  # fmt: skip
        if not given:
            return None
        return Span(min(each.starts_at for each in given), max(each.ends_at for each in given))

    def expanded(self, period: Span, is_holiday: Callable[[date], bool]) -> list[Person]:
        """The people with the shifts of their hours by the week."""
        start, end = period.starts_at - AROUND, period.ends_at + AROUND
        return [
            replace(person, work=person.work + tuple(each for week in weeks for each in week.shifts(start, end, is_holiday)))
            for person, weeks in self.people
        ]


def parse(document: Any) -> LawDocument:
    """Read a document of people. Raises `Faults` with every fault and the path of its field."""
    root = Field.root(document)
    found = read(root.only(*FIELDS), required=True)
    root.finish()
    return found


def read(root: Field, *, required: bool) -> LawDocument:
    """The same for a part of a document; the caller finishes."""
    people = []
    seen: set[str] = set()
    for each in root.items("people", required=required):
        person, weeks = _person(each.only(*PERSON))
        if person.id and person.id in seen:
            each.field("id").fault(f"{person.id!r} stands there twice")
        seen.add(person.id)
        people.append((person, weeks))
    period = span(root.field("period").only("starts", "ends")) if root.has("period") else None
    return LawDocument(tuple(people), settings_of(root.field("settings")), period)


def _person(field: Field) -> tuple[Person, tuple[WorkingHours, ...]]:
    person = Person(
        id=field.text("id"),
        standby=tuple(filter(None, map(standby, field.items("standby")))),
        work=tuple(filter(None, map(shift, (*field.items("work"), *field.items("elsewhere"))))),
        night_shifts=tuple(filter(None, map(shift, field.items("night_shifts")))),
        call_outs=tuple(filter(None, map(call_out, field.items("call_outs")))),
        leave=tuple(filter(None, map(leave, field.items("leave")))),
        birth_date=_birth_date(field),
        excluded=tuple(filter(None, map(span, field.items("exclude_from_roster")))),
        protected=tuple(filter(None, map(span, field.items("protected")))),
        atw_exempt=field.flag("atw_exempt", False),
        employed=field.flag("employed", True),
        part_time_percent=field.number("part_time_percent", 100, least=1, most=100),
    )
    return person, tuple(filter(None, map(hours, field.items("working_hours"))))


def _birth_date(field: Field) -> date | None:
    return field.field("birth_date").read(_born, date(2000, 1, 1)) if field.has("birth_date") else None


def _born(value: Any) -> date:
    try:
        return date.fromisoformat(values.text(value))
    except ValueError:
        raise ValueError(f"{value!r} is not a date like 1990-02-01") from None
