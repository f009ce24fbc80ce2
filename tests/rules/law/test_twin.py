"""The law checker against its slow twin by another hand, on random people. `make soak` has the long form (`twin_compare`)."""

from __future__ import annotations

import pytest

from tests.rules.law import twin
from tests.rules.law.made import breach, calls, ends, found, shifts, standby
from tests.rules.law.twin_compare import differences
from webcare_pwa.rules.law.person import Person, Shift, Span
from webcare_pwa.rules.law.settings import LawSettings

ONCE_DIFFERENT = (134, 184, 257, 459)
"""Days in which checker and twin read the law differently before: calls at night around and in planned work."""


@pytest.mark.parametrize("first", range(1, 26, 5))
def test_twin_and_checker_agree_on_random_days(first: int) -> None:
    assert [told for seed in range(first, first + 5) for told in differences("days", seed)[0]] == []


@pytest.mark.parametrize("seed", ONCE_DIFFERENT)
def test_twin_and_checker_agree_where_they_once_did_not(seed: int) -> None:
    assert differences("days", seed)[0] == []


@pytest.mark.parametrize(("kind", "seed"), [("weeks", 1), ("weeks", 2), ("weeks", 3), ("weeks", 5), ("year", 2), ("year", 4)])
def test_twin_and_checker_agree_on_random_weeks_and_years(kind: str, seed: int) -> None:
    assert differences(kind, seed)[0] == []


def test_the_twin_itself_knows_the_borders() -> None:
    """5:9(4), the example of the law text: 13:00 is fine, 13:01 is not. A twin that finds nothing agrees with anybody."""
    for end, wanted in (("01:00", []), ("01:01", [("R4", 781)])):
        person = Person(
            "p",
            standby=standby("2027-01-04 17:00 / 2027-01-05 08:00"),
            work=shifts("2027-01-04 08:00 / 12:00", "2027-01-04 13:00 / 17:00"),
            call_outs=calls("2027-01-04 18:00 / 21:00", f"2027-01-04 23:00 / 2027-01-05 {end}"),
        )
        period = Span(person.work[0].starts_at, person.standby[0].ends_at)
        assert [(each.rule, each.measured) for each in twin.judge(person, LawSettings(), period)] == wanted


def test_a_break_ends_only_its_own_shift() -> None:
    """1:7(1)e: a break is time without any duty. Work for another employer in the break of the first is work (R8a, 5:7(2)a)."""
    lunch = Span(*ends("2027-01-04 12:00 / 13:00"))
    own = Shift(*ends("2027-01-04 08:00 / 20:30"), (lunch,))
    assert found(Person("p", work=(own,))) == ()
    elsewhere = shifts("2027-01-04 12:00 / 13:00")
    told = breach(Person("p", work=(own, *elsewhere)), "R8a")
    assert told is not None
    assert told.measured == 750
