"""SIGKILL of worker and web processes at random moments while reports come in: no page is lost, on both databases. The long
form (`make soak`) is `python -m bench.kill`."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench import kill, lab

KILLS = 10


@pytest.mark.slow
@pytest.mark.parametrize("kind", lab.kinds())
def test_no_page_is_lost_whatever_is_killed(kind: str, tmp_path: Path) -> None:
    seed = random.randrange(10**6)  # noqa: S311  chance, no secret
    outcome = kill.run(kind, KILLS, random.Random(seed), tmp_path)  # noqa: S311
    print(f"{kind}, seed {seed}: {outcome}")  # noqa: T201  figures
    assert outcome.good, f"seed {seed}: {outcome}"
