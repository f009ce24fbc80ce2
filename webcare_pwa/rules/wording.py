"""Fills placeholders, and writes what may stand on a lock screen. Pure.

A lock screen is read by whoever walks past: urgency, category group and complex (else district) at most. Nuisance,
worry about a resident and what is no fault show the urgency only. A street, name, house number, telephone number or
illness is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from webcare_pwa.labels import WORDS

TITLE_LENGTH, BODY_LENGTH = 40, 120
SENSITIVE_GROUPS = frozenset({"overlast", "geen_storing"})

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_PRIVATE = re.compile(
    r"\b[1-9]\d{3}\s?(?-i:[A-Z]{2})\b"  # postcode
    r"|\+?\d(?:[\s().-]*\d){5,}"  # telephone number
    r"|\S+@\S+"
    r"|\b[\w'.-]*(?:straat|laan|weg|plein|kade|gracht|singel|dijk|steeg|dreef|park|pad|plantsoen|hof|ring)\s+\d+\S*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PushText:
    """What a phone shows: title of at most 40 characters, body of at most 120."""

    title: str
    body: str


def open_placeholders(text: str) -> tuple[str, ...]:
    """Names of the placeholders that still stand in the text, each once, in order."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text with what is known filled in, and the names of what is not; an empty value counts as not known."""
    missing = tuple(name for name in open_placeholders(text) if not values.get(name))
    return _PLACEHOLDER.sub(lambda found: values.get(found[1]) or found[0], text), missing


def push_text(
    *, kind: str, urgency: str, group_label: str, place: str, number: int, sensitive: bool, repeat: int, note: str,
    call_tenant: bool,
) -> PushText:
    """The notice of one page. `kind` as in alerts, `place` the complex, else the district, `number` the incident's.

    `note` is the sentence of an alarm or a rehearsal and is shown only there. Whatever looks like an address or a telephone
    number is taken out of `place` and of an alarm's `note`, as those are typed by people.
    """
    words = WORDS["push"]
    if kind == "test":
        return _short(words["test_title"], words["test"])
    if kind in ("rehearsal", "sound"):
        return _short(words[f"{kind}_title"], f"{note[:1].upper()}{note[1:]}. {words[kind]}" if note else words[kind])
    sentences = [] if sensitive else [_sentence(public(place))]
    sentences.append(_sentence(public(note)) if kind == "alarm" and note else words.get(kind, words["step"]))
    sentences.append(words["repeat"].format(repeat=repeat) if repeat else "")
    sentences.append(words["call_tenant"] if call_tenant and not sensitive else "")
    sentences.append(f"Incident {number}." if number else "")
    return _short(page_title(kind, urgency, group_label, sensitive), " ".join(filter(None, sentences)))


def bundle_text(number: int) -> PushText:
    """The page that speaks for several incidents at once."""
    words = WORDS["push"]
    return _short(words["bundle_title"].format(number=number), words["bundle"])


def state_text(*, state: str, by: str, number: int) -> PushText:
    """What a stale notice becomes: `state` is open, taken (`by` is the colleague's first name), closed or gone."""
    title = WORDS["notice"][state].format(by=by) if by or state != "taken" else WORDS["notice"]["taken_unknown"]
    return _short(title, f"Incident {number}." if number else "")


def page_title(kind: str, urgency: str, group_label: str, sensitive: bool) -> str:
    """Urgency and category group; only the urgency when the group is sensitive."""
    words = WORDS["push"]
    lead = f"{words['alarm_title']}: " if kind == "alarm" else ""
    if not urgency:
        return words["alarm_title"] if kind == "alarm" else words["hidden"]
    if sensitive:
        return lead + (WORDS["urgency"]["noodgeval"] if urgency == "noodgeval" else words["hidden"])
    return lead + WORDS["urgency"][urgency] + (f": {group_label}" if group_label else "")


def public(text: str) -> str:
    """A typed text without what looks private, on one line."""
    return " ".join(_PRIVATE.sub(" ", text).split()).strip(" ,;:-")


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def _short(title: str, body: str) -> PushText:
    return PushText(_cut(title, TITLE_LENGTH), _cut(body, BODY_LENGTH))


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
