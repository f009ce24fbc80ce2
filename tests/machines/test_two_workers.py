"""Two real workers on one PostgreSQL send each page once; when one is frozen, the other takes over after the lease. The
long form is `python -m bench workers`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import lab, two_workers

POSTGRES = [each for each in lab.kinds() if each == "postgres"]
PAGES = 1000


@pytest.mark.slow
@pytest.mark.parametrize("kind", POSTGRES)
def test_each_page_is_sent_once(kind: str, tmp_path: Path) -> None:
    found = two_workers.run(tmp_path, PAGES, workers=2)
    print(f"{PAGES} pages by two workers: {found}")  # noqa: T201  figures
    assert (found.lost, found.doubled) == (0, 0)


@pytest.mark.slow
@pytest.mark.parametrize("kind", POSTGRES)
def test_what_a_frozen_worker_had_in_hand_is_taken_over_after_the_lease(kind: str, tmp_path: Path) -> None:
    found = two_workers.run(tmp_path, PAGES, workers=2, freeze=True)
    print(f"{PAGES} pages, one worker frozen: {found}")  # noqa: T201  figures
    assert found.lost == 0
    assert found.late < two_workers.TAKE_OVER + 10  # the machine of the tests is shared
