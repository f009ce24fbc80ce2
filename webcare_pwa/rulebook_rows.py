"""The rows of the data files as the value types of the rulebook, one function a type. A row without a needed key: KeyError."""

from __future__ import annotations

import re
from typing import Any

from webcare_pwa.rules.danger_words import DangerKind, DangerPair, DangerWords
from webcare_pwa.rules.house_rules import HouseRule, Signal
from webcare_pwa.rules.reply_texts import QuickReply
from webcare_pwa.rules.rulebook import (
    UNKNOWN,
    Category,
    Decision,
    DecisionRule,
    Option,
    Question,
    UrgencyInfo,
)

Row = dict[str, Any]


class RulebookError(ValueError):
    """The data files contradict each other or lack something; the message lists every fault."""


def category(row: Row) -> Category:
    """A fault category."""
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


def question(row: Row, presets: dict[str, list[Row]]) -> Question:
    """A question; `presets` holds the answers that many questions share."""
    rows = row.get("options") or presets["yes_no"]
    options = tuple(Option(each["code"], each["nl"], each["en"]) for each in rows)
    if options[-1].code != UNKNOWN:
        options += tuple(Option(each["code"], each["nl"], each["en"]) for each in presets["unknown"])
    return Question(row["id"], row["nl"], row["en"], options)


def house_rule(row: Row) -> HouseRule:
    """A house rule for replies."""
    signals = tuple(Signal(_patterns(each["patterns"]), frozenset(each["facts"])) for each in row["any_of"])
    return HouseRule(
        row["id"], row["level"], row["message"], row["better"], signals, _patterns(row.get("unless", [])),
        _patterns(row.get("unless_anywhere", [])), row.get("public", False),
    )


def _patterns(texts: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for text in texts)


def decision(body: Row) -> Decision:
    """How the answers of a category decide."""
    rules = tuple(
        DecisionRule(row["urgency"], row["rule"] - 1, tuple((key, _codes(codes)) for key, codes in row["when"].items()))
        for row in body["rules"]
    )
    return Decision(body["while_open"], rules, frozenset(number - 1 for number in body.get("advice", [])))


def _codes(codes: str | list[str]) -> frozenset[str]:
    return frozenset([codes] if isinstance(codes, str) else codes)


def urgency(row: Row) -> UrgencyInfo:
    """An urgency and its clocks."""
    return UrgencyInfo(row["id"], row["label_nl"], row["first_answer_minutes"], row["on_site_minutes"])


def reply(row: Row) -> QuickReply:
    """A quick reply."""
    lists = {key: tuple(row[key]) for key in ("urgency", "groups", "stages")}
    return QuickReply(**{**row, **lists})


def danger(data: Row) -> DangerWords:
    """All danger words."""
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
