"""A team too small for its rotation, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TooSmall:
    """`rule` is broken by the pattern of so many `members`; `needed`: how many it takes, None when that is not the cure."""

    members: int
    rule: str
    needed: int | None
