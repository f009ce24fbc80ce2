"""Reads the rulebook from the data files, once per process; refuses data that contradicts itself, every fault named."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from webcare_pwa.rules.consistency import problems
from webcare_pwa.rules.rulebook import (
    UNKNOWN,
    AutomaticText,
    Category,
    DangerKind,
    DangerPair,
    DangerWords,
    Decision,
    DecisionRule,
    Number,
    Option,
    Question,
    QuickReply,
    Rulebook,
    UrgencyInfo,
)

DATA = Path(__file__).parent / "data"
Row = dict[str, Any]


class RulebookError(ValueError):
    """The data files contradict each other or lack something; the message lists every fault."""


@cache
def load() -> Rulebook:
    """The rulebook that came with this version. Raises RulebookError when it does not hang together."""
    return read(DATA)


def read(folder: Path) -> Rulebook:
    """Read and check the four data files in a folder. Raises RulebookError."""
    try:
        rulebook = _rulebook(*(_yaml(folder / f"{name}.yaml") for name in _FILES))
    except KeyError as missing:
        raise RulebookError(f"The rulebook lacks {missing}.") from missing
    found = problems(rulebook)
    if found:
        raise RulebookError("The rulebook does not hang together:\n- " + "\n- ".join(found))
    return rulebook


_FILES = ("fault_categories", "questions", "danger_words", "quick_replies")


def _yaml(path: Path) -> Row:
    with path.open("rb") as file:
        content: Row = yaml.load(file, Loader=yaml.CSafeLoader)
    return content


def _rulebook(faults: Row, asked: Row, danger: Row, answers: Row) -> Rulebook:
    shared = {row["id"]: _question(row, asked["options"]) for row in asked["shared"]}
    decided: dict[str, Row] = asked["categories"]
    return Rulebook(
        categories={row["id"]: _category(row) for row in faults["categories"]},
        questions={
            category: tuple(
                shared[row] if isinstance(row, str) else _question(row, asked["options"]) for row in body["questions"]
            )
            for category, body in decided.items()
        },
        decisions={category: _decision(body) for category, body in decided.items()},
        urgencies={row["id"]: _urgency(row) for row in faults["urgencies"]},
        replies={row["id"]: _reply(row) for row in answers["replies"]},
        automatic={row["id"]: AutomaticText(row["id"], row["text_nl"], row["text_en"]) for row in answers["automatic"]},
        numbers={row["id"]: Number(row["id"], row["number"], row["label_nl"]) for row in faults["numbers"]},
        settings=faults["settings"],
        groups=asked["groups"],
        progress_facts=tuple(answers["facts"]["progress"]),
        state_facts=tuple(answers["facts"]["state"]),
        setting_facts=tuple(answers["facts"]["setting"]),
        danger=_danger(danger),
        sentences=asked["sentences"],
        placeholders=answers["placeholders"],
    )


def _category(row: Row) -> Category:
    return Category(
        id=row["id"],
        group=row["group"],
        label_nl=row["label_nl"],
        label_en=row["label_en"],
        urgency_default=row["urgency_default"],
        urgency_rules=tuple(row["urgency_rules"]),
        call_first=tuple(row["call_first"]),
        questions_nl=tuple(row["questions_nl"]),
        safety_nl=row["safety_instruction_nl"],
        safety_en=row["safety_instruction_en"],
        responder=row["responder"],
    )


def _question(row: Row, presets: dict[str, list[Row]]) -> Question:
    rows = row.get("options") or presets["yes_no"]
    options = tuple(Option(each["code"], each["nl"], each["en"]) for each in rows)
    if options[-1].code != UNKNOWN:
        options += tuple(Option(each["code"], each["nl"], each["en"]) for each in presets["unknown"])
    return Question(row["id"], row["nl"], row["en"], options)


def _decision(body: Row) -> Decision:
    rules = tuple(
        DecisionRule(row["urgency"], row["rule"] - 1, tuple((key, _codes(codes)) for key, codes in row["when"].items()))
        for row in body["rules"]
    )
    return Decision(body["while_open"], rules, frozenset(number - 1 for number in body.get("advice", [])))


def _codes(codes: str | list[str]) -> frozenset[str]:
    return frozenset([codes] if isinstance(codes, str) else codes)


def _urgency(row: Row) -> UrgencyInfo:
    return UrgencyInfo(row["id"], row["label_nl"], row["first_answer_minutes"], row["on_site_minutes"])


def _reply(row: Row) -> QuickReply:
    lists = {key: tuple(row[key]) for key in ("urgency", "groups", "stages")}
    return QuickReply(**{**row, **lists})


def _danger(data: Row) -> DangerWords:
    return DangerWords(
        kinds=tuple(_danger_kind(row) for row in data["kinds"]),
        negations=frozenset(_texts(data["negations"])),
        joins=frozenset(_texts(data["joins"])),
        thanks=frozenset(_texts(data["thanks"])),
        thanks_around=frozenset(_texts(data["thanks_around"])),
        thanks_signs=frozenset(_texts(data["thanks_signs"])),
    )


def _danger_kind(row: Row) -> DangerKind:
    return DangerKind(
        id=row["id"],
        label_nl=row["label_nl"],
        category=row["category"],
        personal=row.get("personal", False),
        phrases=_texts(row.get("phrases", [])),
        pairs=tuple(DangerPair(**{side: _texts(words) for side, words in pair.items()}) for pair in row.get("pairs", [])),
        exceptions=_texts(row.get("exceptions", [])),
    )


def _texts(words: list[object]) -> tuple[str, ...]:
    """The words, every one a text: YAML reads a bare `no` as false, and a word that is lost so must not go unseen."""
    texts = tuple(word for word in words if isinstance(word, str) and word.strip())
    if len(texts) < len(words):
        raise RulebookError(f"Not every word is a text; put quotes around it: {words}")
    return texts
