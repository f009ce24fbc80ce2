"""From whatever JSON came in to facts. Nothing is refused for its content: what cannot be used becomes a warning."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from webcare_pwa.models.address import Typed
from webcare_pwa.rules import contact_details as contact
from webcare_pwa.rules.rulebook import Rulebook

_NO = frozenset({"", "0", "false", "no", "nee", "n", "null", "none"})
_YES = frozenset({"1", "true", "yes", "ja", "y", "j"})
_MOST_WARNINGS = 40
_LONG = {"name": 120, "city": 80, "address": 200, "danger_kind": 40, "suffix": 20, "postcode": 20, "house_number": 20}
FIELDS = frozenset({
    "external_id", "text", "category", "answers", "danger", "danger_kind", "postcode", "house_number", "suffix", "address",
    "city", "name", "phone", "no_phone", "email", "language",
})


@dataclass
class Told:
    """What a call told us, and what we could not use of it."""

    external_id: str = ""
    text: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    address: Typed = field(default_factory=Typed)
    warnings: list[str] = field(default_factory=list)


class _Reader:
    """Takes fields out of the payload and collects warnings."""

    def __init__(self, payload: Mapping[str, Any]) -> None:
        self.payload = payload
        self.warnings: list[str] = []

    def warn(self, name: str, what: str) -> None:
        if len(self.warnings) < _MOST_WARNINGS:
            self.warnings.append(f"{contact.clean(name)[:60]}: {what}")

    def line(self, name: str) -> str:
        """A short text; a number is read as its digits."""
        value = self.payload.get(name)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            self.warn(name, "wrong type, stored as unknown")
            return ""
        text, is_cut = contact.shortened(contact.clean(str(value)), _LONG.get(name, 200))
        if is_cut:
            self.warn(name, f"longer than {_LONG.get(name, 200)} signs, the rest is kept in the raw form only")
        return text

    def checked(self, name: str, check: Callable[[str], str], otherwise: Callable[[str], str]) -> str:
        typed = self.line(name)
        good = check(typed) if typed else ""
        if typed and not good:
            self.warn(name, "not understood, stored as unknown")
            return otherwise(typed)
        return good

    def flag(self, name: str, *, in_doubt: bool) -> bool:
        value = self.payload.get(name, False)
        if value is None or isinstance(value, bool):
            return bool(value)
        word = str(value).strip().lower() if isinstance(value, (str, int, float)) else "?"
        self.warn(name, "not true or false")
        return word in _YES or (in_doubt and word not in _NO)


def read(value: Any, rulebook: Rulebook, *, fallback_id: str) -> Told:
    """Facts of one report. `fallback_id` is the idempotency key when none came with it."""
    payload = value if isinstance(value, dict) else {"text": value}
    reader = _Reader(payload)
    if not isinstance(value, dict):
        reader.warn("body", "not an object, stored as its text")
    told = Told(external_id=_external_id(reader, fallback_id), text=_text(reader), warnings=reader.warnings)
    told.address = Typed(*(reader.line(name) for name in ("postcode", "house_number", "suffix", "address", "city")))
    category = _category(reader, rulebook)
    facts: dict[str, Any] = {
        "category": category,
        "answers": _answers(reader, category, rulebook),
        "danger": reader.flag("danger", in_doubt=True),
        "danger_kind": reader.line("danger_kind"),
        "name": reader.line("name"),
        "phone": reader.checked("phone", contact.phone, contact.phone_as_typed),
        "no_phone": reader.flag("no_phone", in_doubt=False),
        "email": reader.checked("email", contact.email, lambda typed: ""),
        "language": reader.checked("language", _language, lambda typed: ""),
    }
    told.facts = {name: known for name, known in facts.items() if known}
    for name in sorted(payload.keys() - FIELDS):
        reader.warn(name, "unknown field, kept in the raw form only")
    return told


def _external_id(reader: _Reader, fallback: str) -> str:
    value = reader.payload.get("external_id")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value:
        reader.warn("external_id", "missing or no text; the same body again is the same report")
        return fallback
    if len(value) > 200 or contact.clean(value) != value:
        reader.warn("external_id", "longer than 200 signs or with control signs; its hash is the key")
        return f"sha256:{hashlib.sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()}"
    return value


def _text(reader: _Reader) -> str:
    value = reader.payload.get("text")
    if value is None:
        return ""
    if not isinstance(value, str):
        reader.warn("text", "no text, stored as JSON")
        value = json.dumps(value, ensure_ascii=False)
    text, is_cut = contact.shortened(contact.clean(value))
    if is_cut:
        reader.warn("text", f"longer than {contact.TEXT_LIMIT} signs, the rest is kept in the raw form only")
    return text


def _category(reader: _Reader, rulebook: Rulebook) -> str:
    category = reader.line("category")
    if category and category not in rulebook.categories:
        reader.warn("category", "unknown, stored as unknown")
        return ""
    return category


def _answers(reader: _Reader, category: str, rulebook: Rulebook) -> dict[str, str]:
    """Only answers to questions of that category, with codes that exist; the rest cannot be judged."""
    value = reader.payload.get("answers")
    if value is None:
        return {}
    if not isinstance(value, dict):
        reader.warn("answers", "no object, stored as unknown")
        return {}
    options = {each.id: {option.code for option in each.options} for each in rulebook.questions.get(category, ())}
    known = {}
    for question, answer in value.items():
        if isinstance(answer, str) and answer in options.get(question, ()):
            known[question] = answer
        else:
            reader.warn(f"answers.{question}", "unknown question or answer, stored as unknown")
    return known


def _language(typed: str) -> str:
    found = re.match(r"[a-z]{2,3}(?=$|[-_])", typed.lower())
    return found[0] if found else ""
