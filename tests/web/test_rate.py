"""Who reports faster than people do is noticed, forgotten again, and never in the way of somebody else."""

from __future__ import annotations

from webcare_pwa import rate
from webcare_pwa.rate import Meter


def test_thirty_in_ten_minutes_is_fine_and_one_more_is_not() -> None:
    meter = Meter()
    assert not any(meter.is_over("a", at=float(second)) for second in range(30))
    assert meter.is_over("a", at=30.0)
    assert not meter.is_over("b", at=30.0)


def test_it_is_a_sliding_window() -> None:
    meter = Meter()
    for second in range(31):
        meter.is_over("a", at=float(second))
    assert not meter.is_over("a", at=rate.WINDOW_SECONDS + 1.0)


def test_quiet_sources_are_forgotten_and_busy_ones_are_not() -> None:
    meter = Meter()
    for number in range(10_001):
        meter.is_over(f"quiet {number}", at=0.0)
    for second in range(30):
        meter.is_over("busy", at=rate.WINDOW_SECONDS + second)
    assert meter.is_over("busy", at=rate.WINDOW_SECONDS + 30)
    assert len(meter._seen) == 1
