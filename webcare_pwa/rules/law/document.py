"""The JSON form of people for the law check, read (docs/rota-format.md, "Checking the law")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from webcare_pwa.rules import field_values as values
from webcare_pwa.rules import rota_file
from webcare_pwa.rules.fields import Faults, Field
from webcare_pwa.rules.holidays import USUAL
from webcare_pwa.rules.law.document_parts import call_out, hours, leave, settings_of, shift, span, standby
from webcare_pwa.rules.law.person import Person, Span
from webcare_pwa.rules.law.rota_people import with_rota
from webcare_pwa.rules.law.settings import LawSettings
from webcare_pwa.rules.law.working_hours import WorkingHours
from webcare_pwa.rules.rota_file_values import RotaFile
from webcare_pwa.rules.rota_plan import RotaPlan

FIELDS = ("settings", "period", "people", "rota", "work_lines")
PERSON = (
    "id", "name", "birth_date", "employed", "atw_exempt", "part_time_percent", "standby", "work", "elsewhere", "night_shifts",
    "call_outs", "leave", "exclude_from_roster", "protected", "working_hours",
)  # fmt: skip
AROUND = timedelta(weeks=52)  # working hours are worked out so far before and after the period


@dataclass(frozen=True)
class LawDocument:
    """People with their hours by the week, the norms, the period that the document names, and a rota: the shifts of its
    `work_lines` are work, all others standby."""

    people: tuple[tuple[Person, tuple[WorkingHours, ...]], ...]
    settings: LawSettings
    period: Span | None
    rota: RotaFile | None = None
    work_lines: frozenset[str] = frozenset()

    @property
    def needs_period(self) -> bool:
        """Has it anything that goes on without end?"""
        return self.rota is not None or any(hours for _, hours in self.people)

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

    def expanded(self, period: Span) -> list[Person]:
        """The people with the shifts of their hours by the week and of the rota."""
        start, end = period.starts_at - AROUND, period.ends_at + AROUND
        rule = self.rota.plan.holidays if self.rota else USUAL
        people = [
            replace(person, work=(*person.work, *(shift for each in weeks for shift in each.shifts(start, end, rule))))
            for person, weeks in self.people
        ]
        return with_rota(people, self.rota, self.work_lines, period) if self.rota else people


def parse(document: Any) -> LawDocument:
    """Read a document of people, or a document of a rota. Raises `Faults` with every fault and the path of its field."""
    if isinstance(document, dict) and "lines" in document:
        return LawDocument((), LawSettings(), None, rota_file.parse(document))
    root = Field.root(document).only(*FIELDS)
    rota = _rota(root)
    found = LawDocument(
        _people(root, required=rota is None),
        settings_of(root.field("settings")),
        span(root.field("period")) if root.has("period") else None,
        rota,
        frozenset(_work_line(each, rota) for each in root.items("work_lines")),
    )
    root.finish()
    return found


def _people(root: Field, *, required: bool) -> tuple[tuple[Person, tuple[WorkingHours, ...]], ...]:
    people = []
    seen: set[str] = set()
    for each in root.items("people", required=required):
        person, weeks = _person(each.only(*PERSON))
        if person.id and person.id in seen:
            each.field("id").fault(f"{person.id!r} stands there twice")
        seen.add(person.id)
        people.append((person, weeks))
    return tuple(people)


def _rota(root: Field) -> RotaFile | None:
    if not root.has("rota"):
        return None
    try:
        return rota_file.parse(root.field("rota").value)
    except Faults as faults:
        root.faults.extend(f"rota.{line}" for line in faults.lines)
    return RotaFile("", (), (), (), (), RotaPlan())


def _work_line(field: Field, rota: RotaFile | None) -> str:
    line = field.read(values.text, "")
    if line and (rota is None or line not in rota.plan.lines):
        field.fault(f"{line!r} is not a line of the rota")
    return line


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
