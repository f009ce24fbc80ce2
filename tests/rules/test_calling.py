"""When an unanswered call is tried again."""

from __future__ import annotations

import pytest

from webcare_pwa.labels import WORDS
from webcare_pwa.rules.calling import CALLS, ENDED, PAUSE, UNDER_WAY, again_after


@pytest.mark.parametrize("status", sorted(ENDED))
def test_again_until_there_were_enough_or_a_key_was_pressed(status: str) -> None:
    assert [again_after(status, calls, pressed=False) for calls in range(1, CALLS + 2)] == [PAUSE] * (CALLS - 1) + [None] * 2
    assert again_after(status, 1, pressed=True) is None


@pytest.mark.parametrize("status", sorted(UNDER_WAY))
def test_not_while_it_rings(status: str) -> None:
    assert again_after(status, 1, pressed=False) is None


def test_the_next_call_comes_soon_enough_to_pass_the_silent_mode_of_an_iphone() -> None:
    assert PAUSE + 30 < 180  # ringing for 30 seconds and the pause, within three minutes


def test_every_status_has_a_word() -> None:
    assert WORDS["call_status"].keys() >= ENDED | UNDER_WAY
