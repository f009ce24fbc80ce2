"""When a phone beside the bed counts as silent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.fakes import SATURDAY_0210 as NOW
from webcare_pwa.rules.bedside import EVERY, SILENT_AFTER, state


@pytest.mark.parametrize(("ago", "ended", "expected"), [
    (0, False, "on"), (75, False, "on"), (76, False, "silent"), (12 * 3600, False, "silent"), (12 * 3600 + 1, False, "off"),
    (0, True, "off"), (80, True, "off"),
])  # fmt: skip
def test_state(ago: int, ended: bool, expected: str) -> None:
    assert state(NOW - timedelta(seconds=ago), NOW if ended else None, NOW) == expected


def test_never_switched_on_is_off() -> None:
    assert state(None, None, NOW) == "off"


def test_one_lost_heartbeat_is_no_alarm() -> None:
    assert EVERY * 2 < SILENT_AFTER < EVERY * 3
