"""Does a rota document fit into the database? People who are known, names that are short enough."""

from __future__ import annotations

from collections.abc import Mapping

from webcare_pwa.models.rota import Line, Rotation
from webcare_pwa.models.rota_changes import ExtraHoliday, Skill
from webcare_pwa.rules.rota_file_values import RotaFile


def mistakes(rota: RotaFile, people: Mapping[str, int]) -> list[str]:
    """What does not fit, each with the path of the field. `people`: those of the document who are known."""
    found = [
        f"people[{place}].id: nobody has the e-mail address {each.id!r}"
        for place, each in enumerate(rota.people)
        if each.id not in people
    ]
    if len(set(people.values())) < len(people):
        found.append("people: two of them have the same e-mail address")
    long = [
        *((f"people[{place}].skills", skill, Skill.code) for place, each in enumerate(rota.people) for skill in each.skills),
        *((f"lines[{place}].id", each.id, Line.code) for place, each in enumerate(rota.lines)),
        *((f"lines[{place}].name", each.name, Line.name) for place, each in enumerate(rota.lines)),
        *((f"lines[{place}].skill", each.skill, Line.skill) for place, each in enumerate(rota.lines)),
        *(("lines: a rotation", name, Rotation.code) for name in rota.rotations),
        *(("holidays.extra", name, ExtraHoliday.name) for _, name in rota.plan.holidays.extra),
    ]
    for path, text, column in long:
        most = column.type.length
        if len(text) > most:
            found.append(f"{path}: {text!r} is longer than {most} characters")
    days = [day for day, _ in rota.plan.holidays.extra]
    found += [f"holidays.extra: {day} stands there twice" for day in sorted(set(days)) if days.count(day) > 1]
    return found
