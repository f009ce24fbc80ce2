"""A hundred random nights, and every night in which something was once found. `make soak` plays ten thousand."""

from __future__ import annotations

import pytest

from tests.simulation.play import play
from tests.simulation.seeds import FOUND
from tests.simulation.world import Town

CHUNK = 5


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 100, CHUNK))
def test_nights(place: Town, first: int) -> None:
    for seed in range(first, first + CHUNK):
        play(place, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", FOUND, ids=str)
def test_a_night_that_once_failed(place: Town, seed: int) -> None:
    play(place, seed)


def test_one_seed_is_one_night(place: Town) -> None:
    first: list[str] = []
    second: list[str] = []
    play(place, 1031, tell=first.append)
    play(place, 1031, tell=second.append)
    assert first == second and len(first) > 10
