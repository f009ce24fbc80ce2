"""The settings of the law check: defaults are the Act, beyond the Act is refused, stricter is fine."""

from __future__ import annotations

import pytest

from webcare_pwa.rules.law.bounds import CHOICES, NUMBERS
from webcare_pwa.rules.law.settings import KEYS, LawSettings, LawSettingsError


def test_the_defaults_are_within_the_law() -> None:
    assert LawSettings().max_work_minutes_per_24h == 780


@pytest.mark.parametrize("key", sorted(NUMBERS))
def test_a_number_goes_up_to_its_bound_and_no_further(key: str) -> None:
    low, high = NUMBERS[key]
    for right in (low, high):
        assert getattr(LawSettings(**{key: right}), key) == right  # type: ignore[arg-type]
    wrong: tuple[object, ...] = (low - 1, high + 1, True, "12", 12.5, None)
    for value in wrong:
        with pytest.raises(LawSettingsError) as told:
            LawSettings(**{key: value})  # type: ignore[arg-type]
        assert set(told.value.faults) == {key}


@pytest.mark.parametrize("key", sorted(set(KEYS) - NUMBERS.keys()))
def test_a_choice_is_one_of_its_words(key: str) -> None:
    for value in CHOICES.get(key, (True, False)):
        assert getattr(LawSettings(**{key: value}), key) == value  # type: ignore[arg-type]
    with pytest.raises(LawSettingsError):
        LawSettings(**{key: "never"})  # type: ignore[arg-type]


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(LawSettingsError) as told:
        LawSettings(min_age_years=17, free_24h_blocks_per_28d=13)
    assert set(told.value.faults) == {"min_age_years", "free_24h_blocks_per_28d"}
