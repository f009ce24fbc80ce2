"""Reads variables of the environment, or of the files they point to, and collects what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PREFIX = "WEBCARE_"


class Environ:
    """Reads variables and collects what is wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.faults: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        """The variable, or the content of the file it points to; without a default it must be there."""
        value = self.environ.get(PREFIX + name)
        path = self.environ.get(f"{PREFIX}{name}_FILE")
        if value is None and path:
            try:
                value = Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                self.faults.append(f"{PREFIX}{name}_FILE cannot be read: {error.strerror}")
                return ""
        if value is None:
            if default is None:
                self.faults.append(f"{PREFIX}{name} is missing")
            return default or ""
        return value

    def number(self, name: str, default: int) -> int:
        """A whole number of 0 or more."""
        value = self.text(name, str(default))
        if not value.isdigit():
            self.faults.append(f"{PREFIX}{name} must be a whole number, not {value!r}")
            return default
        return int(value)

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        """One of the allowed words."""
        value = self.text(name, default)
        if value not in allowed:
            self.faults.append(f"{PREFIX}{name} must be one of {', '.join(allowed)}, not {value!r}")
        return value
