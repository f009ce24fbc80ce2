"""Takes fields out of a report's JSON. A field that cannot be used is a warning and stays unknown; nothing is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from webcare_pwa.rules import contact_details as contact

_NO = frozenset({"", "0", "false", "no", "nee", "n", "null", "none"})
_YES = frozenset({"1", "true", "yes", "ja", "y", "j"})
_MOST_WARNINGS = 40
_LONG = {"name": 120, "city": 80, "address": 200, "danger_kind": 40, "suffix": 20, "postcode": 20, "house_number": 20}


class Fields:
    """Takes fields out of the payload and collects warnings."""

    def __init__(self, payload: Mapping[str, Any]) -> None:
        self.payload = payload
        self.warnings: list[str] = []

    def warn(self, name: str, what: str) -> None:
        """Add a warning to the answer; the first ones are enough to mend a sender."""
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
        """A line that `check` understands, else what `otherwise` makes of it, with a warning."""
        typed = self.line(name)
        good = check(typed) if typed else ""
        if typed and not good:
            self.warn(name, "not understood, stored as unknown")
            return otherwise(typed)
        return good

    def flag(self, name: str, *, in_doubt: bool) -> bool:
        """Yes or no; `in_doubt` when it cannot be told, with a warning."""
        value = self.payload.get(name, False)
        if value is None or isinstance(value, bool):
            return bool(value)
        word = str(value).strip().lower() if isinstance(value, (str, int, float)) else "?"
        self.warn(name, "not true or false")
        return word in _YES or (in_doubt and word not in _NO)
