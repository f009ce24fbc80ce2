"""Looking for the night that finds a fault."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tests.simulation.mutants import MUTANTS
from tests.simulation.play import Failed, play
from tests.simulation.world import Town


@dataclass(frozen=True)
class Found:
    """The night, how many were played to find it, what was violated, and its trace."""

    seed: int
    played: int
    violation: str
    trace: tuple[str, ...]


class Missed(AssertionError):
    """No night found it."""


def search(place: Town, mutant: str, seeds: Iterable[int]) -> Found:
    """Play them one by one with the fault until one finds it by the invariant that is there for it; one that trips another
    first does not count. The same night must then pass without the fault. Raises `Missed`."""
    played = 0
    for seed in seeds:
        played += 1
        try:
            play(place, seed, mutant=mutant)
        except Failed as error:
            if not re.match(MUTANTS[mutant].found_by, error.violation):
                continue
            play(place, seed)
            return Found(seed, played, error.violation, error.trace)
    raise Missed(f"not found within {played} nights")
