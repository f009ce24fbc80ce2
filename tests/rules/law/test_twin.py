"""The law checker against its slow twin by another hand, on random people. `make soak` has the long form (`twin_compare`)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.law import twin
from tests.rules.law.made import breach, calls, ends, found, shifts, standby
from tests.rules.law.twin_compare import KINDS, checked, differences
from webcare_pwa.rules.law.person import Person, Shift, Span
from webcare_pwa.rules.law.settings import LawSettings

ONCE_DIFFERENT = (134, 184, 257, 459)
"""Days in which checker and twin read the law differently before: calls at night around and in planned work."""


ON_A_BORDER = (
    ("days", 3, "max_work_minutes_per_24h", -1), ("days", 31, "max_shift_minutes", -1), ("days", 31, "max_week_minutes", -1),
    ("days", 33, "avg_minutes_4w", -1), ("weeks", 22, "avg_minutes_16w", -1), ("weeks", 1, "avg_minutes_16w_night", -1),
    ("weeks", 5, "avg_minutes_16w_night_with_rest", -1), ("weeks", 2, "night_threshold_count_16w", -1),
    ("days", 52, "night_rest_minutes", 1), ("days", 7, "callout_min_minutes", 1), ("days", 19, "callout_merge_gap_minutes", 1),
    ("days", 13, "hours_before_night_shift", 1), ("days", 3, "hours_after_night_shift", 1),
    ("days", 227, "daily_rest_minutes", 1), ("days", 296, "short_daily_rest_minutes", 1),
    ("days", 31, "weekly_rest_minutes", 1),
    ("days", 4, "free_24h_blocks_per_28d", 1), ("days", 4, "free_48h_periods_per_28d", 1), ("days", 4, "min_age_years", 1),
    ("year", 6, "free_sundays_per_52w", 1), ("days", 21, "sleep_hours_after_night_call", 1),
)  # fmt: skip
"""People with hours so near to a norm that one minute, hour or count in it matters."""
PEOPLE = sorted({(kind, seed) for kind, seed, _, _ in ON_A_BORDER})


@pytest.mark.parametrize(("kind", "seed"), PEOPLE)
def test_twin_and_checker_agree_on_people_at_a_border(kind: str, seed: int) -> None:
    assert differences(kind, seed)[0] == []


@pytest.mark.parametrize(("kind", "seed", "norm", "step"), ON_A_BORDER)
def test_a_checker_with_a_norm_one_off_would_not_agree(kind: str, seed: int, norm: str, step: int) -> None:
    maker = KINDS[kind](seed)
    person, period = maker.made(), maker.period()
    off = replace(maker.norms, **{norm: getattr(maker.norms, norm) + step})
    assert without_norms(checked(person, off, period)) != without_norms(checked(person, maker.norms, period))


def without_norms(episodes: list[twin.Episode]) -> list[twin.Episode]:
    """What was found, not what was allowed: that differs by itself."""
    return [replace(each, allowed=0) for each in episodes]


@pytest.mark.parametrize("first", (60, 65))
def test_twin_and_checker_agree_on_random_days(first: int) -> None:
    assert [told for seed in range(first, first + 5) for told in differences("days", seed)[0]] == []


@pytest.mark.parametrize("seed", ONCE_DIFFERENT)
def test_twin_and_checker_agree_where_they_once_did_not(seed: int) -> None:
    assert differences("days", seed)[0] == []


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
