"""From whatever JSON came in to facts. Nothing is refused for its content: what cannot be used becomes a warning."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from webcare_pwa.api.fields import Fields
from webcare_pwa.models.address import Typed
from webcare_pwa.rules import contact_details as contact
from webcare_pwa.rules.rulebook import Rulebook

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


def read(value: Any, rulebook: Rulebook, *, fallback_id: str) -> Told:
    """Facts of one report. `fallback_id` is the idempotency key when none came with it."""
    payload = value if isinstance(value, dict) else {"text": value}
    fields = Fields(payload)
    if not isinstance(value, dict):
        fields.warn("body", "not an object, stored as its text")
    told = Told(external_id=_external_id(fields, fallback_id), text=_text(fields), warnings=fields.warnings)
    told.address = Typed(*(fields.line(name) for name in ("postcode", "house_number", "suffix", "address", "city")))
    category = _category(fields, rulebook)
    facts: dict[str, Any] = {
        "category": category,
        "answers": _answers(fields, category, rulebook),
        "danger": fields.flag("danger", in_doubt=True),
        "danger_kind": fields.line("danger_kind"),
        "name": fields.line("name"),
        "phone": fields.checked("phone", contact.phone, contact.phone_as_typed),
        "no_phone": fields.flag("no_phone", in_doubt=False),
        "email": fields.checked("email", contact.email, lambda typed: ""),
        "language": fields.checked("language", _language, lambda typed: ""),
    }
    told.facts = {name: known for name, known in facts.items() if known}
    for name in sorted(payload.keys() - FIELDS):
        fields.warn(name, "unknown field, kept in the raw form only")
    return told


def _external_id(fields: Fields, fallback: str) -> str:
    value = fields.payload.get("external_id")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value:
        fields.warn("external_id", "missing or no text; the same body again is the same report")
        return fallback
    if len(value) > 200 or contact.clean(value) != value:
        fields.warn("external_id", "longer than 200 signs or with control signs; its hash is the key")
        return f"sha256:{hashlib.sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()}"
    return value


def _text(fields: Fields) -> str:
    value = fields.payload.get("text")
    if value is None:
        return ""
    if not isinstance(value, str):
        fields.warn("text", "no text, stored as JSON")
        value = json.dumps(value, ensure_ascii=False)
    text, is_cut = contact.shortened(contact.clean(value))
    if is_cut:
        fields.warn("text", f"longer than {contact.TEXT_LIMIT} signs, the rest is kept in the raw form only")
    return text


def _category(fields: Fields, rulebook: Rulebook) -> str:
    category = fields.line("category")
    if category and category not in rulebook.categories:
        fields.warn("category", "unknown, stored as unknown")
        return ""
    return category


def _answers(fields: Fields, category: str, rulebook: Rulebook) -> dict[str, str]:
    """Only answers to questions of that category, with codes that exist; the rest cannot be judged."""
    value = fields.payload.get("answers")
    if value is None:
        return {}
    if not isinstance(value, dict):
        fields.warn("answers", "no object, stored as unknown")
        return {}
    options = {each.id: {option.code for option in each.options} for each in rulebook.questions.get(category, ())}
    known = {}
    for question, answer in value.items():
        if isinstance(answer, str) and answer in options.get(question, ()):
            known[question] = answer
        else:
            fields.warn(f"answers.{question}", "unknown question or answer, stored as unknown")
    return known


def _language(typed: str) -> str:
    found = re.match(r"[a-z]{2,3}(?=$|[-_])", typed.lower())
    return found[0] if found else ""
