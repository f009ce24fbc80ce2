"""Reads the two forms of Rooster. A field that cannot be read gets its own sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from werkzeug.datastructures import MultiDict

from webcare_pwa.errors import Invalid
from webcare_pwa.models.plan_parts import rotation_plan
from webcare_pwa.models.rota import Line
from webcare_pwa.rules.rotation import WEEKS
from webcare_pwa.rules.wall_time import parse, wall

MOMENT = "Vul een datum en een tijd in, bijvoorbeeld 28-11-2026 18:00."
_EMPTY_PLACES = 3


@dataclass(frozen=True)
class MoveInput:
    """A stretch of a line for a person; moments in UTC."""

    line_id: int
    person_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class RotationInput:
    """A weekly rotation; date and time are Dutch wall time."""

    members: list[int]
    starts_on: date
    handoff: time
    weeks: int


def read_move(form: MultiDict[str, str]) -> MoveInput:
    """Raises `Invalid` with the fields line, person, starts_at and ends_at."""
    mistakes: dict[str, str] = {}
    line_id = _number(form, "line", "Kies een lijn.", mistakes)
    person_id = _number(form, "person", "Kies een persoon.", mistakes)
    starts_at = _moment(form, "starts_at", mistakes)
    ends_at = _moment(form, "ends_at", mistakes)
    if starts_at is None or ends_at is None or mistakes:
        raise Invalid("De dienst is niet verplaatst. Kijk de velden na.", mistakes)
    return MoveInput(line_id, person_id, starts_at, ends_at)


def read_rotation(form: MultiDict[str, str]) -> RotationInput:
    """Raises `Invalid` with the fields members, starts_on, handoff and weeks. Empty places are left out."""
    mistakes: dict[str, str] = {}
    chosen = [each for each in form.getlist("member") if each]
    if not all(each.isdecimal() and len(each) < 10 for each in chosen):
        mistakes["members"] = "Kies mensen uit de lijst."
    weeks = _number(form, "weeks", "Vul een aantal weken in.", mistakes)
    starts_on = handoff = None
    try:
        starts_on = date.fromisoformat(form.get("starts_on", "").strip())
    except ValueError:
        mistakes["starts_on"] = "Vul een datum in, bijvoorbeeld 30-11-2026."
    try:
        handoff = time.fromisoformat(form.get("handoff", "").strip())
    except ValueError:
        mistakes["handoff"] = "Vul een tijd in, bijvoorbeeld 08:00."
    if starts_on is None or handoff is None or mistakes:
        raise Invalid("Het wisselrooster is niet bewaard. Kijk de velden na.", mistakes)
    return RotationInput([int(each) for each in chosen], starts_on, handoff, weeks)


def typed_rotation(line: Line, now: datetime) -> MultiDict[str, str]:
    """What the form of a line opens with: the rotation in force, as it would go on from its next hand-off."""
    tomorrow = wall(now).date() + timedelta(days=1)
    plans = [rotation_plan(row) for row in line.rotations if row.members and (row.ends_on is None or row.ends_on > tomorrow)]
    if not plans:
        return _typed([], tomorrow, time(8), 1)
    running = plans[0]
    weeks = running.every if running.unit == WEEKS else 1
    if running.starts_at > now:
        return _typed(list(running.members), running.starts_on, running.handoff, weeks)
    turn = running.turn_at(now) + 1
    first = turn % len(running.members)
    members = [*running.members[first:], *running.members[:first]]
    return _typed(members, wall(running.turn_starts(turn)).date(), running.handoff, weeks)


def _typed(members: list[int], starts_on: date, handoff: time, weeks: int) -> MultiDict[str, str]:
    places = [str(each) for each in members] + [""] * _EMPTY_PLACES
    return MultiDict(
        [("starts_on", starts_on.isoformat()), ("handoff", f"{handoff:%H:%M}"), ("weeks", str(weeks))]
        + [("member", each) for each in places]
    )


def _number(form: MultiDict[str, str], name: str, sentence: str, mistakes: dict[str, str]) -> int:
    text = form.get(name, "").strip()
    if text.isdecimal() and len(text) < 10:
        return int(text)
    mistakes[name] = sentence
    return 0


def _moment(form: MultiDict[str, str], name: str, mistakes: dict[str, str]) -> datetime | None:
    try:
        return parse(form.get(name, ""))
    except (ValueError, OverflowError):
        mistakes[name] = MOMENT
        return None
