"""Reads the fields that the forms for tenants and for staff share: questions, address, contact, text, photos.

Nothing is refused here. What cannot be used is left out of the facts, kept in the raw form, and said in `facts["warnings"]`.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from webcare_pwa import labels
from webcare_pwa.models import address, dwellings
from webcare_pwa.models.address import Typed
from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.ports import InboundPhoto
from webcare_pwa.rules import contact_details as contact
from webcare_pwa.rules.rulebook import Rulebook
from webcare_pwa.web.pictures import Pictures

_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True)
class Told:
    """One filled-in form. `candidates` are the dwellings it can be when the suffix was not clear."""

    text: str
    raw: str
    facts: dict[str, Any]
    photos: tuple[InboundPhoto, ...]
    candidates: tuple[Dwelling, ...]

    @property
    def has_contact(self) -> bool:
        """A telephone number, or the word that he has none."""
        return bool(self.facts.get("phone") or self.facts.get("no_phone"))

    @property
    def is_empty(self) -> bool:
        """Nothing was told at all."""
        return not (self.text or self.facts or self.photos)


def client_token(form: Mapping[str, str]) -> str:
    """The hidden token of the form; a new one when it is missing or was tampered with."""
    token = form.get("client_token", "")
    return token if _TOKEN.fullmatch(token) else secrets.token_urlsafe(16)


def read(
    session: Session, form: MultiDict[str, str], pictures: Pictures, *, organisation_id: int, category: str,
    rulebook: Rulebook,
) -> Told:
    """Everything the form tells. `category` is a known id or ""."""
    text, is_cut = contact.shortened(contact.clean(form.get("text", "")))
    located = _locate(session, form, organisation_id)
    warnings = [labels.word(code, "warning") for code in located.unclear]
    warnings += [labels.word("text_cut", "warning")] if is_cut else []
    facts: dict[str, Any] = {"category": category, "answers": _answers(form, category, rulebook)}
    facts |= located.facts | _contact(form, warnings)
    warnings += pictures.refusals
    facts |= {"warnings": warnings, "photos": len(pictures.photos)}
    known = {name: value for name, value in facts.items() if value}
    return Told(text, _raw(form), known, pictures.photos, located.candidates)


def _locate(session: Session, form: Mapping[str, str], organisation_id: int) -> address.Located:
    chosen = form.get("dwelling", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 10:
        home = dwellings.one(session, [organisation_id], int(chosen))
        if home is not None:
            return address.Located(address.facts_of_dwelling(home))
    code, number, suffix = (form.get(name, "")[:200] for name in ("postcode", "house_number", "suffix"))
    line = form.get("address", "") or form.get("find", "")
    return address.locate(session, [organisation_id], Typed(code, number, suffix, line[:200]))


def _answers(form: Mapping[str, str], category: str, rulebook: Rulebook) -> dict[str, str]:
    answers = {}
    for question in rulebook.questions.get(category, ()):
        answer = form.get(f"q-{question.id}", "")
        if answer in {option.code for option in question.options}:
            answers[question.id] = answer
    return answers


def _contact(form: Mapping[str, str], warnings: list[str]) -> dict[str, Any]:
    phone = contact.phone(form.get("phone", ""))
    if not phone and form.get("phone", "").strip():
        phone = contact.phone_as_typed(form["phone"])
        warnings.append(labels.word("phone", "warning"))
    email = contact.email(form.get("email", ""))
    if not email and form.get("email", "").strip():
        warnings.append(labels.word("email", "warning"))
    return {
        "phone": phone, "email": email, "no_phone": not phone and bool(form.get("no_phone")),
        "name": contact.clean(form.get("name", ""))[:120],
    }


def _raw(form: MultiDict[str, str]) -> str:
    """Exactly what was typed, except for the guards of the form itself. ASCII, so that every database can hold it."""
    told: dict[str, Sequence[str]] = {
        name: values for name, values in sorted(form.lists()) if name not in ("csrf_token", "client_token")
    }
    return json.dumps(told)
