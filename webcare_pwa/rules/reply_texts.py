"""The value types of the texts for tenants, quick and automatic: Dutch (`_nl`) and English (`_en`), {placeholders} left in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class QuickReply:
    """A ready text. Empty `urgency` or `groups`: for all. `precondition`: a fact that must be recorded first."""

    id: str
    category: str
    urgency: tuple[str, ...]
    groups: tuple[str, ...]
    stages: tuple[str, ...]
    commitment: str | None
    precondition: str | None
    title_nl: str
    text_nl: str
    text_en: str


@dataclass(frozen=True)
class AutomaticText:
    """A text the app sends by itself."""

    id: str
    text_nl: str
    text_en: str
