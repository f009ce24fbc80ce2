"""What is known of a report: the fold of its messages. A later message fills in or corrects an earlier one.

The keys of a message's `facts` are the fields of `ReportFacts` below (`answers` is merged key by key, flags stay once set).
Nothing is refused for its content: an unknown category or postcode is kept as it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class ReportFacts:
    """Everything the tenant told, field by field; "" or None means not told."""

    category: str = ""  # id of a fault category
    answers: Mapping[str, str] = field(default_factory=dict)  # question id -> answer code
    danger: bool = False  # pressed "Ja" at the danger gate
    danger_kind: str = ""  # which danger, when told
    postcode: str = ""  # 1234AB
    house_number: int | None = None
    suffix: str = ""
    address: str = ""  # street and number, or whatever was typed
    city: str = ""
    dwelling_id: int | None = None
    name: str = ""
    phone: str = ""
    no_phone: bool = False  # said to have none
    email: str = ""
    language: str = "nl"
    texts: tuple[str, ...] = ()

    @property
    def reachable_in_writing(self) -> bool:
        """Has he a channel that brings a reply to him? His own page does not: he must go and look."""
        return bool(self.email)

    @property
    def text(self) -> str:
        """All he wrote, oldest first."""
        return "\n".join(self.texts)


_FLAGS = frozenset({"danger", "no_phone"})
_KNOWN = frozenset(each.name for each in fields(ReportFacts)) - {"texts", "answers"}


def fold(messages: Iterable[tuple[str, Mapping[str, Any]]]) -> ReportFacts:
    """Fold (text, facts) pairs, oldest first, into what is known now. Unknown keys are left alone."""
    known: dict[str, Any] = {}
    answers: dict[str, str] = {}
    texts: list[str] = []
    for text, told in messages:
        if text:
            texts.append(text)
        answers.update(told.get("answers") or {})
        for key in _KNOWN & told.keys():
            value = told[key]
            if value or (key not in known and value is not None):
                known[key] = known.get(key, False) or value if key in _FLAGS else value
    return ReportFacts(**known, answers=answers, texts=tuple(texts))
