"""The JSON form of a rota, read (docs/rota-format.md). People, lines and rotations have names there; the plan numbers them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webcare_pwa.rules import field_values as values
from webcare_pwa.rules.fields import Field
from webcare_pwa.rules.rota_file_changes import leave_of, overrides_of, swaps_of
from webcare_pwa.rules.rota_file_parts import holidays_of, rotation_of
from webcare_pwa.rules.rota_file_values import FileLine, FilePerson, RotaFile
from webcare_pwa.rules.rota_plan import LinePlan, RotaPlan, RotationPlan

FIELDS = ("name", "people", "lines", "holidays", "overrides", "swaps", "leave")
NOT_A_LINE = ("at",)  # names that stand beside the lines in an answer


def parse(document: Any) -> RotaFile:
    """Read a document. Raises `Faults` with every fault and the path of its field."""
    root = Field.root(document).only(*FIELDS)
    people = _people(root)
    numbers = {each.id: number for number, each in enumerate(people)}
    lines = _lines(root)
    names, rotations = _rotations(root, lines, numbers)
    ids = {name: number for number, name in enumerate(names)}
    overrides, places = overrides_of(root, numbers, {line.id for line in lines})
    plans = {
        line.id: LinePlan(tuple(rotations[line.id]), tuple(overrides.get(line.id, ())), _able(people, line)) for line in lines
    }
    allowed = frozenset(numbers[each.id] for each in people if each.enabled)
    swaps, leave = swaps_of(root, numbers, ids), leave_of(root, numbers)
    plan = RotaPlan(plans, allowed, swaps, leave, holidays_of(root))
    found = RotaFile(root.text("name", ""), people, lines, tuple(names), places, plan)
    root.finish()
    return found


def _people(root: Field) -> tuple[FilePerson, ...]:
    found = []
    seen: set[str] = set()
    for each in root.items("people", required=True):
        each.only("id", "name", "enabled", "skills")
        person = each.text("id")
        skills = tuple(skill.read(values.text, "") for skill in each.items("skills"))
        found.append(FilePerson(person, each.text("name", person), each.flag("enabled", True), skills))
        _once(each.field("id"), person, seen)
    return tuple(found)


def _lines(root: Field) -> tuple[FileLine, ...]:
    found = []
    seen: set[str] = set()
    for each in root.items("lines", required=True):
        each.only("id", "name", "skill", "rotations")
        line = each.text("id")
        if line in NOT_A_LINE:
            each.field("id").fault(f"{line!r} cannot be the name of a line")
        found.append(FileLine(line, each.text("name", line), each.text("skill", "")))
        _once(each.field("id"), line, seen)
    return tuple(found)


def _rotations(
    root: Field, lines: tuple[FileLine, ...], people: Mapping[str, int]
) -> tuple[list[str], dict[str, list[RotationPlan]]]:
    names: list[str] = []
    seen: set[str] = set()
    found: dict[str, list[RotationPlan]] = {line.id: [] for line in lines}
    for line, field in zip(lines, root.items("lines"), strict=True):
        for place, each in enumerate(field.items("rotations"), 1):
            name = each.text("id", f"{line.id}/{place}")
            found[line.id].append(rotation_of(each, people, len(names)))
            names.append(name)
            _once(each.field("id"), name, seen)
    return names, found


def _able(people: tuple[FilePerson, ...], line: FileLine) -> frozenset[int] | None:
    return frozenset(number for number, each in enumerate(people) if line.skill in each.skills) if line.skill else None


def _once(field: Field, name: str, seen: set[str]) -> None:
    if name and name in seen:
        field.fault(f"{name!r} stands there twice")
    seen.add(name)

