"""A rota as it stands in a document (docs/rota-format.md): people, lines and rotations with names, and the plan they make."""

from __future__ import annotations

from dataclasses import dataclass

from webcare_pwa.rules.rota_plan import RotaPlan


@dataclass(frozen=True)
class FilePerson:
    """Somebody who may stand in the rota."""

    id: str
    name: str
    enabled: bool = True
    skills: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileLine:
    """A line; `skill`: what somebody must be able to do to stand on it."""

    id: str
    name: str
    skill: str = ""


@dataclass(frozen=True)
class RotaFile:
    """A rota as it stands in a document, and as a plan. A person's number in the plan is his place in `people`, that of
    a rotation its place in `rotations`; `overrides` gives for the number of an override its place in the document."""

    name: str
    people: tuple[FilePerson, ...]
    lines: tuple[FileLine, ...]
    rotations: tuple[str, ...]
    overrides: tuple[int, ...]
    plan: RotaPlan

    def person(self, number: int | None) -> str | None:
        """Id of a person by his number."""
        return None if number is None else self.people[number].id

    def rotation(self, number: int | None) -> str | None:
        """Id of a rotation by its number."""
        return None if number is None else self.rotations[number]

    def override(self, number: int | None) -> int | None:
        """Place of an override in the document by its number."""
        return None if number is None else self.overrides[number]
