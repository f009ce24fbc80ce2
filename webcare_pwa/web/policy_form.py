"""Reads the form of an escalation: a row per step with whom and after how many minutes, and the button that was pressed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from webcare_pwa.errors import Invalid
from webcare_pwa.labels import WORDS
from webcare_pwa.rules import policy_edits
from webcare_pwa.rules.escalation import POOL, Step

MINUTES = re.compile(r"(\d{1,4})(?:[.,]([05]))?")
FARTHEST = 24 * 60  # minutes; what is safe is decided by rules/policy.py, this only keeps a typing error readable


@dataclass(frozen=True)
class Row:
    """A step as it stands in the form: as typed, with what is wrong with it."""

    who: str
    after: str
    fault: str = ""


@dataclass(frozen=True)
class Sheet:
    """The whole form. `again`: of the last step; `fault`: about the whole; `added`: the row for one step more."""

    rows: list[Row]
    again: str
    added: Row
    fault: str = ""


def sheet_of(policy: tuple[Step, ...]) -> Sheet:
    """The form as it opens, for the steps in force."""
    again = policy[-1].repeat_every_seconds if policy else None
    rows = [Row(step.who, minutes_of(step.after_seconds)) for step in policy]
    return Sheet(rows, minutes_of(again) if again else "", Row("", ""))


def typed_sheet(form: MultiDict[str, str], mistake: Invalid) -> Sheet:
    """The form as it was sent, with a sentence at each step that is wrong."""
    told = mistake.fields
    pairs = zip(form.getlist("who"), form.getlist("after"), strict=False)
    rows = [Row(who, after, told.get(f"step-{place}", "")) for place, (who, after) in enumerate(pairs)]
    added = Row(form.get("new_who", ""), form.get("new_after", ""), told.get("added", ""))
    return Sheet(rows, form.get("again", ""), added, told.get("", ""))


def at_the_button(form: MultiDict[str, str], mistake: Invalid) -> Invalid:
    """What cannot be kept, told where it was asked: after a button the steps are no longer those of the form."""
    act = form.get("do", "save")
    first = next(iter(mistake.fields.values()), "")
    return mistake if act == "save" else Invalid(mistake.message, {"added" if act == "add" else "": first})


def read(form: MultiDict[str, str]) -> tuple[Step, ...]:
    """The steps as the pressed button leaves them. Raises `Invalid` with fields as `steps/policies.py` has them."""
    who, after = form.getlist("who"), [_seconds(each) for each in form.getlist("after")]
    again = _seconds(form.get("again", ""))
    wrong = {f"step-{place}": WORDS["policy_fault"]["minutes"] for place, each in enumerate(after) if each is None}
    if again is None and who and who[-1] == POOL:
        wrong.setdefault(f"step-{len(who) - 1}", WORDS["policy_fault"]["minutes"])
    act, _, place = form.get("do", "").partition(":")
    added = _seconds(form.get("new_after", ""))
    if act == "add" and added is None:
        wrong["added"] = WORDS["policy_fault"]["minutes"]
    elif act == "add" and after and (after[-1] or 0) < (added or 0):
        wrong["added"] = WORDS["policy_fault"]["after_last"]
    if wrong or len(who) != len(after):
        raise Invalid("De opschaling is niet bewaard. Kijk de stappen na.", wrong)
    steps = tuple(
        Step(seconds or 0, each, repeat_every_seconds=again if place == len(who) - 1 else None)
        for place, (each, seconds) in enumerate(zip(who, after, strict=True))
    )
    return _pressed(steps, act, int(place) if place.isdecimal() and len(place) < 4 else -1, form.get("new_who", ""), added or 0)


def minutes_of(seconds: int) -> str:
    """5 for 300, 0,5 for 30: as people type it."""
    return f"{seconds / 60:g}".replace(".", ",")


def _pressed(steps: tuple[Step, ...], act: str, place: int, new_who: str, new_after: int) -> tuple[Step, ...]:
    if act == "add":
        return policy_edits.with_step(steps, Step(new_after, new_who))
    if not 0 <= place < len(steps):
        return steps
    if act == "remove":
        return policy_edits.without(steps, place)
    return policy_edits.earlier(steps, place if act == "earlier" else place + 1) if act in ("earlier", "later") else steps


def _seconds(text: str) -> int | None:
    """Whole or half minutes as seconds; None when it is something else."""
    found = MINUTES.fullmatch(text.strip())
    if not found or int(found[1]) > FARTHEST:
        return None
    return int(found[1]) * 60 + (30 if found[2] == "5" else 0)
