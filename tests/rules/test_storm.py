"""A storm of reports is not a storm of pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import SATURDAY_0210 as NOW
from webcare_pwa.rules.storm import PACE, SLACK, Last, decide

rows = st.lists(st.integers(1, 5), max_size=12).map(lambda incidents: list(enumerate(incidents, 1)))
lasts = st.none() | st.builds(
    Last, st.integers(0, 300).map(lambda seconds: NOW - timedelta(seconds=seconds)),
    st.frozensets(st.integers(1, 5), max_size=1),
)


def test_the_first_page_goes_at_once() -> None:
    assert decide([(1, 7)], None, NOW).send == [1]


def test_another_incident_within_two_minutes_waits_for_them_to_pass() -> None:
    decision = decide([(2, 8)], Last(NOW - timedelta(seconds=30), frozenset({7})), NOW)
    assert (decision.send, decision.held, decision.held_until) == ([], [2], NOW + timedelta(seconds=90))


def test_a_repeat_of_the_same_incident_is_not_held() -> None:
    assert decide([(2, 7)], Last(NOW - timedelta(seconds=60), frozenset({7})), NOW).send == [2]


def test_after_two_minutes_one_page_speaks_for_all_that_waited() -> None:
    decision = decide([(2, 8), (3, 9), (4, 10)], Last(NOW - PACE, frozenset({7})), NOW)
    assert (decision.send, decision.bundled) == ([4], {2: 4, 3: 4})


@given(rows, lasts)
def test_every_waiting_page_is_sent_bundled_or_held_and_none_twice(
    waiting: list[tuple[int, int]], last: Last | None
) -> None:
    decision = decide(waiting, last, NOW)
    seen = [*decision.send, *decision.bundled, *decision.held]
    assert sorted(seen) == [row for row, _ in waiting]
    assert set(decision.bundled.values()) <= set(decision.send)
    assert bool(decision.held) == (decision.held_until is not None)
    assert decision.held_until is None or NOW < decision.held_until <= NOW + PACE


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(1, 40)), max_size=60))
def test_never_more_than_one_page_per_two_minutes_about_ever_new_incidents(arrivals: list[tuple[int, int]]) -> None:
    """A walk through ten minutes: what is held comes back when it is due."""
    last: Last | None = None
    sent: list[datetime] = []
    waiting: list[tuple[int, int]] = []
    incidents = {row: row + 100 for row in range(len(arrivals))}  # each its own incident
    for second in range(0, 800, 10):
        now = NOW + timedelta(seconds=second)
        waiting += [(row, incidents[row]) for row, (at, _) in enumerate(arrivals) if second - 10 < at <= second]
        decision = decide(waiting, last, now)
        if decision.send:
            sent.append(now)
            last = Last(now, frozenset({incidents[decision.send[0]]} if len(waiting) == 1 else ()))
        waiting = [each for each in waiting if each[0] in decision.held]
    assert not waiting
    assert all(later - earlier >= PACE - SLACK for earlier, later in pairwise(sent))
