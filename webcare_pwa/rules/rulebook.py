"""The value types of the rulebook: categories, questions, decisions, and all of it together.

Plain data without behaviour; `webcare_pwa/rulebook.py` reads it from the data files. Texts for tenants are in Dutch
(`_nl`) and English (`_en`) and keep their {placeholders}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from webcare_pwa.rules.danger_words import DangerWords
from webcare_pwa.rules.house_rules import HouseRule
from webcare_pwa.rules.reply_texts import AutomaticText, QuickReply

UNKNOWN = "unknown"  # the answer code "weet ik niet": the question stays undecided


@dataclass(frozen=True)
class Category:
    """One kind of fault. `urgency_rules` are the sentences people read; `call_first` are ids of `Rulebook.numbers`."""

    id: str
    group: str
    label_nl: str
    label_en: str
    urgency_default: str
    urgency_rules: tuple[str, ...]
    call_first: tuple[str, ...]
    questions_nl: tuple[str, ...]
    safety_nl: str
    safety_en: str
    responder: str


@dataclass(frozen=True)
class Option:
    """One answer to a question; the code is what is stored."""

    code: str
    label_nl: str
    label_en: str


@dataclass(frozen=True)
class Question:
    """A question that decides an urgency rule. Ids may be shared by categories: the same id is the same question."""

    id: str
    text_nl: str
    text_en: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class DecisionRule:
    """When every condition holds, the urgency is at least this. `sentence`: index in the category's `urgency_rules`."""

    urgency: str
    sentence: int
    conditions: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True)
class Decision:
    """How the answers of one category decide. `while_open`: the highest urgency that open questions alone may give."""

    while_open: str
    rules: tuple[DecisionRule, ...]
    advice: frozenset[int] = frozenset()  # indexes of urgency rules that say what to do but decide no urgency


@dataclass(frozen=True)
class UrgencyInfo:
    """An urgency and its two clocks in minutes from the report; None: no such clock."""

    id: str
    label_nl: str
    first_answer_minutes: int | None
    on_site_minutes: int | None


@dataclass(frozen=True)
class Number:
    """A telephone number everybody may call; None: filled in per complex, municipality or organisation."""

    id: str
    number: str | None
    label_nl: str


@dataclass(frozen=True)
class Rulebook:
    """Everything the rules read. `groups`: id -> Dutch label; `placeholders`: placeholder -> what it stands for."""

    categories: Mapping[str, Category]
    questions: Mapping[str, tuple[Question, ...]]
    decisions: Mapping[str, Decision]
    urgencies: Mapping[str, UrgencyInfo]
    replies: Mapping[str, QuickReply]
    automatic: Mapping[str, AutomaticText]
    numbers: Mapping[str, Number]
    settings: Mapping[str, int | float | str]
    groups: Mapping[str, str]
    progress_facts: tuple[str, ...]
    state_facts: tuple[str, ...]
    setting_facts: tuple[str, ...]
    danger: DangerWords
    sentences: Mapping[str, str]
    placeholders: Mapping[str, str] = field(default_factory=dict)
    house_rules: tuple[HouseRule, ...] = ()
