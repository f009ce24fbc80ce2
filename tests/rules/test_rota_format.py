"""docs/rota-format.md: every example in it gives the answers that stand beside it; every fault names its field."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rules.rota_judge import Judge
from webcare_pwa.rules.field_values import moment
from webcare_pwa.rules.fields import Faults
from webcare_pwa.rules.rota import on_call_at, shifts_between
from webcare_pwa.rules.rota_file import parse

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rota-format.md"
EXAMPLES = PAGE.read_text(encoding="utf-8").split("## 7. Examples")[1]


def examples(kind: str) -> Iterator[Any]:
    """Title, document, words after the kind, and the lines of each block of that kind."""
    for part in EXAMPLES.split("\n### ")[1:]:
        title = part.splitlines()[0]
        document = re.search(r"```json\n(.*?)```", part, re.S)
        for words, lines in re.findall(rf"```{kind}(.*)\n((?:.+\n)*?)```", part):
            assert document, title
            yield pytest.param(json.loads(document[1]), words.split(), lines.splitlines(), id=title)


def test_there_are_examples() -> None:
    assert (len(list(examples("answers"))), len(list(examples("shifts")))) == (3, 6)


@pytest.mark.parametrize(("document", "words", "lines"), list(examples("answers")))
def test_answers(document: Any, words: list[str], lines: list[str]) -> None:
    rota = parse(document)
    for line in map(json.loads, lines):
        at = moment(line.pop("at"))
        assert {code: rota.person(on_call_at(rota.plan, code, at)) for code in rota.plan.lines} == line
        judged = {code: rota.person(Judge(rota.plan, code, at, moment("2026-12-31")).who(at)) for code in rota.plan.lines}
        assert judged == line


@pytest.mark.parametrize(("document", "words", "lines"), list(examples("shifts")))
def test_shifts(document: Any, words: list[str], lines: list[str]) -> None:
    rota = parse(document)
    (line,) = rota.plan.lines
    found = [
        f"{rota.person(each.person_id) or '-'} {each.starts_at:%Y-%m-%dT%H:%M:%SZ} {each.ends_at:%Y-%m-%dT%H:%M:%SZ} "
        f"{(each.ends_at - each.starts_at).total_seconds() // 60:.0f} {each.source}"
        for each in shifts_between(rota.plan, line, moment(words[0]), moment(words[1]))
    ]
    assert found == lines


GOOD: dict[str, Any] = {
    "people": [{"id": "samira", "skills": ["gas"]}, {"id": "tom", "enabled": False}],
    "lines": [{"id": "first_line", "skill": "gas", "rotations": [
        {"id": "week", "members": ["samira"], "first_handoff": "2026-11-23T08:00",
         "windows": [{"from": "17:00", "to": "08:00"}]},
    ]}, {"id": "backup", "rotations": [{"members": ["tom"], "first_handoff": "2026-11-23T08:00"}]}],
    "holidays": {"extra": ["2026-08-28", {"date": "2026-08-29", "name": "Feest"}]},
    "overrides": [{"line": "first_line", "person": "tom", "starts": "2026-11-24", "ends": "2026-11-25"}],
    "swaps": [{"rotation": "week", "turn": 1, "person": "tom"}],
    "leave": [{"person": "samira", "starts": "2026-11-24", "ends": "2026-11-25"}],
}  # fmt: skip


def test_who_is_not_enabled_or_lacks_the_skill_leaves_a_hole() -> None:
    rota = parse(GOOD)
    night = shifts_between(rota.plan, "first_line", moment("2026-11-23T17:00"), moment("2026-11-25"))
    assert [(rota.person(each.person_id), rota.person(each.planned_id), each.source) for each in night] == [
        ("samira", "samira", "rotation"), (None, "tom", "override"),
    ]  # fmt: skip
    assert on_call_at(rota.plan, "backup", moment("2026-11-24")) is None


@pytest.mark.parametrize(("path", "value", "fault"), [
    ("people", None, "people: is missing"),
    ("lines.0.id", "at", "lines[0].id: 'at' cannot be the name of a line"),
    ("lines.1.id", "first_line", "lines[1].id: 'first_line' stands there twice"),
    ("people.1.id", "samira", "people[1].id: 'samira' stands there twice"),
    ("lines.1.rotations.0.id", "week", "lines[1].rotations[0].id: 'week' stands there twice"),
    ("lines.0.rotations.0.members.0", "tomm", "lines[0].rotations[0].members[0]: 'tomm' is not in people"),
    ("lines.0.rotations.0.unit", "months", "lines[0].rotations[0].unit: 'months' is not one of days, hours, weeks"),
    ("lines.0.rotations.0.every", 53, "lines[0].rotations[0].every: must be a whole number from 1 to 52"),
    ("lines.0.rotations.0.first_handoff", "2026-11-23",
     "lines[0].rotations[0].first_handoff: needs a time too, like 2026-11-23T08:00"),
    ("lines.0.rotations.0.handoff", "08:00", "lines[0].rotations[0].handoff: unknown field; known are id, members, every, "
     "unit, first_handoff, starts, ends, windows"),
    ("lines.0.rotations.0.windows.0.days", [], "lines[0].rotations[0].windows[0].days: must name at least one day"),
    ("lines.0.rotations.0.windows.0.days", ["ma"],
     "lines[0].rotations[0].windows[0].days[0]: 'ma' is not one of fri, mon, sat, sun, thu, tue, wed"),
    ("lines.0.rotations.0.windows.0.from", "24:00", "lines[0].rotations[0].windows[0].from: '24:00' is not a time like 08:00"),
    ("holidays.extra.1.date", "29-08-2026", "holidays.extra[1].date: '29-08-2026' is not a date like 2026-11-28 in the years "
     "1970 to 2099"),
    ("overrides.0.line", "second", "overrides[0].line: 'second' is not in lines"),
    ("overrides.0.ends", "2026-11-24", "overrides[0].ends: must be later than starts"),
    ("swaps.0.rotation", "day", "swaps[0].rotation: 'day' is not a rotation"),
    ("swaps.0.person", None, "swaps[0]: needs either person or with"),
    ("swaps.0.turn", "1", "swaps[0].turn: must be a whole number from -1000000 to 1000000"),
    ("leave.0.starts", "morgen", "leave[0].starts: 'morgen' is not a date and time like 2026-11-28T02:10, "
     "2026-11-28T02:10+01:00 or 2026-11-28T01:10Z"),
])  # fmt: skip
def test_a_fault_names_its_field(path: str, value: Any, fault: str) -> None:
    document = copy.deepcopy(GOOD)
    *way, last = [int(step) if step.isdecimal() else step for step in path.split(".")]
    place: Any = document
    for step in way:
        place = place[step]
    place[last] = value
    with pytest.raises(Faults) as caught:
        parse(document)
    assert fault in caught.value.lines


@pytest.mark.parametrize("document", [None, [], "x", 3, {}, {"people": {}, "lines": 3}, {"people": [[]], "lines": [None]}])
def test_nonsense_is_told_not_thrown(document: Any) -> None:
    with pytest.raises(Faults):
        parse(document)
