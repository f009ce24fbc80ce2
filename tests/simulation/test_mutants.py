"""The simulation bites: a fault put into the product is found, by the invariant that is there for it, and the same night passes
without. `make simulate MUTANT=all` searches from the first night."""

from __future__ import annotations

from itertools import chain

import pytest

from tests.simulation import hunt
from tests.simulation.mutants import MUTANTS, NIGHTS
from tests.simulation.world import Town


@pytest.mark.slow
@pytest.mark.parametrize("name", MUTANTS)
def test_it_is_found(place: Town, name: str) -> None:
    """At once by a night that found it before; when the simulation changed since, by another."""
    found = hunt.search(place, name, chain(MUTANTS[name].seeds, range(NIGHTS - len(MUTANTS[name].seeds))))
    assert found.trace
