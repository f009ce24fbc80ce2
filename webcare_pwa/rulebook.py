"""Reads the rulebook from the data files, once per process; refuses data that contradicts itself, every fault named."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from webcare_pwa import rulebook_rows as rows
from webcare_pwa.rulebook_rows import Row, RulebookError
from webcare_pwa.rules.consistency import problems
from webcare_pwa.rules.reply_texts import AutomaticText
from webcare_pwa.rules.rulebook import (
    Number,
    Rulebook,
)

DATA = Path(__file__).parent / "data"


@cache
def load() -> Rulebook:
    """The rulebook that came with this version. Raises RulebookError when it does not hang together."""
    return read(DATA)


def read(folder: Path) -> Rulebook:
    """Read and check the data files in a folder. Raises RulebookError."""
    try:
        rulebook = _rulebook(*(_yaml(folder / f"{name}.yaml") for name in _FILES))
    except KeyError as missing:
        raise RulebookError(f"The rulebook lacks {missing}.") from missing
    found = problems(rulebook)
    if found:
        raise RulebookError("The rulebook does not hang together:\n- " + "\n- ".join(found))
    return rulebook


_FILES = ("fault_categories", "questions", "danger_words", "quick_replies", "house_rules")


def _yaml(path: Path) -> Row:
    with path.open("rb") as file:
        content: Row = yaml.load(file, Loader=yaml.CSafeLoader)
    return content


def _rulebook(faults: Row, asked: Row, danger: Row, answers: Row, house_rules: Row) -> Rulebook:
    shared = {row["id"]: rows.question(row, asked["options"]) for row in asked["shared"]}
    decided: dict[str, Row] = asked["categories"]
    return Rulebook(
        categories={row["id"]: rows.category(row) for row in faults["categories"]},
        questions={
            category: tuple(
                shared[row] if isinstance(row, str) else rows.question(row, asked["options"]) for row in body["questions"]
            )
            for category, body in decided.items()
        },
        decisions={category: rows.decision(body) for category, body in decided.items()},
        urgencies={row["id"]: rows.urgency(row) for row in faults["urgencies"]},
        replies={row["id"]: rows.reply(row) for row in answers["replies"]},
        automatic={row["id"]: AutomaticText(row["id"], row["text_nl"], row["text_en"]) for row in answers["automatic"]},
        numbers={row["id"]: Number(row["id"], row["number"], row["label_nl"]) for row in faults["numbers"]},
        settings=faults["settings"],
        groups=asked["groups"],
        progress_facts=tuple(answers["facts"]["progress"]),
        state_facts=tuple(answers["facts"]["state"]),
        setting_facts=tuple(answers["facts"]["setting"]),
        danger=rows.danger(danger),
        sentences=asked["sentences"],
        placeholders=answers["placeholders"],
        house_rules=tuple(rows.house_rule(row) for row in house_rules["rules"]),
    )
