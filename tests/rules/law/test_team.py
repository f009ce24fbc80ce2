"""A team too small for its rotation: R2 by the pattern alone, with work in office hours."""

from __future__ import annotations

from datetime import date, time

import pytest

from webcare_pwa.rules.law.settings import LawSettings
from webcare_pwa.rules.law.small import TooSmall
from webcare_pwa.rules.law.team import between, overlaps, too_small
from webcare_pwa.rules.law.wording import small_team
from webcare_pwa.rules.wall_time import parse

OFFICE = [{day: (time(8), time(17)) for day in range(5)}]
MONDAY = date(2026, 12, 7)


@pytest.mark.parametrize(("members", "needed"), [(1, 3), (2, 3), (3, None), (4, None), (6, None)])
def test_turns_of_a_week(members: int, needed: int | None) -> None:
    found = too_small(members, MONDAY, time(17), 1, OFFICE, LawSettings())
    assert (found.needed if found else None) == needed


@pytest.mark.parametrize(("members", "weeks"), [(3, 2), (8, 2), (8, 4)])
def test_turns_so_long_that_no_team_is_large_enough(members: int, weeks: int) -> None:
    """Two weeks on end leave 13 blocks in some window, and of any three weekends in a row two must be free."""
    found = too_small(members, MONDAY, time(17), weeks, OFFICE, LawSettings())
    assert found is not None and (found.rule, found.needed) == ("R2a", None)
    assert "Kies kortere beurten" in small_team(found)


def test_what_is_said_of_two() -> None:
    strict = too_small(2, MONDAY, time(17), 1, OFFICE, LawSettings())
    assert strict is not None and strict.rule == "R2a"
    assert small_team(strict) == (
        "Een ploeg van 2 is te klein voor dit rooster: regel R2a, vrije dagen "
        "(artikel 5:9 lid 2 onder a van de Arbeidstijdenwet). Met 3 mensen kan het wel, als iedereen in kantoortijd werkt."
    )
    assert small_team(TooSmall(1, "R2b", 4)).startswith("Een ploeg van 1 is te klein")


def test_stretches() -> None:
    points = [parse(f"2027-01-0{day}") for day in range(1, 8)]
    a, b, c, d, e, f, g = points
    assert overlaps([(a, c), (d, f)], [(b, e), (f, g)]) == [(b, c), (d, e)]
    assert between([(b, c), (d, e)], a, g) == [(a, b), (c, d), (e, g)]
    assert between([(a, c)], a, c) == []
