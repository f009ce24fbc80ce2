"""Reading a JSON document field by field. Every fault is kept with the path of its field (`lines[0].rotations[1].every`), so
that one run tells all of them; `finish` raises when there are any. Until then a faulty field is a stand-in of its type."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, TypeVar

from webcare_pwa.rules import field_values as values

T = TypeVar("T")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Faults(ValueError):
    """The document is not usable; one line per fault, `path: what is wrong`."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True)
class Field:
    """A value in the document, the path that leads to it, and the faults found so far (shared by the whole document)."""

    value: Any
    path: str
    faults: list[str]

    @classmethod
    def root(cls, document: Any) -> Field:
        """The whole document."""
        return cls(document, "", [])

    def fault(self, sentence: str) -> None:
        """Keep what is wrong with this field."""
        self.faults.append(f"{self.path or 'document'}: {sentence}")

    def finish(self) -> None:
        """Raises `Faults` when anything was wrong."""
        if self.faults:
            raise Faults(list(dict.fromkeys(self.faults)))

    def only(self, *names: str) -> Field:
        """This must be an object with no other fields than these."""
        if not isinstance(self.value, dict):
            self.fault("must be an object")
            return Field({}, self.path, self.faults)
        for name in self.value:
            if name not in names:
                self.field(name).fault(f"unknown field; known are {', '.join(names)}")
        return self

    def has(self, name: str) -> bool:
        """Is the field there, and not null?"""
        return self.field(name).value is not None

    def field(self, name: str) -> Field:
        """A field of this object; a missing one has the value None."""
        value = self.value.get(name) if isinstance(self.value, dict) else None
        return Field(value, f"{self.path}.{name}" if self.path else name, self.faults)

    def items(self, name: str, *, required: bool = False) -> list[Field]:
        """The elements of a list; a missing list is empty."""
        found = self.field(name)
        if found.value is None and not required:
            return []
        if not isinstance(found.value, list):
            found.fault("is missing" if found.value is None else "must be a list")
            return []
        return [Field(each, f"{found.path}[{place}]", self.faults) for place, each in enumerate(found.value)]

    def text(self, name: str, default: str | None = None, *, choices: Collection[str] = ()) -> str:
        """A text that is not empty, one of the choices when there are any. Without a default the field must be there."""
        return self.field(name).read(lambda value: values.text(value, choices), "", default)

    def number(self, name: str, default: int | None = None, *, least: int, most: int) -> int:
        """A whole number in a range."""
        return self.field(name).read(lambda value: values.number(value, least, most), least, default)

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        return self.field(name).read(values.flag, default, default)

    def clock(self, name: str, default: time | None = None) -> time:
        """A wall time `HH:MM`."""
        return self.field(name).read(values.clock, time(), default)

    def moment(self, name: str, default: datetime | None = None) -> datetime:
        """A moment in whole minutes as UTC; without offset it is Dutch wall time, a bare date is 00:00."""
        return self.field(name).read(lambda value: values.whole(values.moment(value)), _EPOCH, default)

    def wall(self, name: str, default: datetime | None = None, *, date_at: time = time()) -> datetime:
        """A Dutch wall time in whole minutes, without offset; a bare date is at `date_at` of that day."""
        stand_in = _EPOCH.replace(tzinfo=None)
        return self.field(name).read(lambda value: values.whole(values.wall(value, date_at)), stand_in, default)

    def read(self, convert: Callable[[Any], T], stand_in: T, default: T | None = None) -> T:
        """This value converted (see `field_values.py`); the default when it is not there; after a fault the stand-in."""
        if self.value is None and default is not None:
            return default
        try:
            if self.value is None:
                raise ValueError("is missing")
            return convert(self.value)
        except ValueError as wrong:
            self.fault(str(wrong))
            return stand_in
