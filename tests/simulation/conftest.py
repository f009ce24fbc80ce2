"""The town is built once per test process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulation.world import Town, town


@pytest.fixture(scope="session")
def place() -> Iterator[Town]:
    """Where the nights are played."""
    with town() as built:
        yield built
