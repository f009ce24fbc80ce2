"""When a self-test passed, is still under way, or which hop took too long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from webcare_pwa.rules.selftest import HOPS, judge

START = datetime(2026, 11, 28, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(("ends", "now", "over", "failed"), [
    ((), 10, False, ""),
    ((), 61, True, "received"),
    ((1,), 30, False, ""),
    ((1,), 62, True, "judged"),
    ((1, 2, 2, 3), 20, False, ""),
    ((1, 2, 2, 3), 64, True, "shown"),
    ((1, 2, 2, 3, 4), 5, True, ""),
    ((1, 2, 2, 4, 3), 5, True, ""),  # the phone was quicker than our note that it was sent
    ((61, 62, 62, 63, 64), 65, True, "received"),
    ((1, 70, 70, 71, 72), 75, True, "judged"),
])  # fmt: skip
def test_the_first_hop_over_a_minute_fails_it(ends: tuple[int, ...], now: int, over: bool, failed: str) -> None:
    moments = {hop: START + timedelta(seconds=at) for hop, at in zip(HOPS, ends, strict=False)}
    found = judge(START, moments, START + timedelta(seconds=now))
    assert (found.is_over, found.failed) == (over, failed)
    if over and not failed:
        assert list(found.hops) == list(HOPS)
        assert sum(found.hops.values()) == pytest.approx(max(ends))
