"""When a hole in the rota is news, when it may be told, and in what words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_pwa.rules.gaps import AHEAD, Hole, is_news, may_tell, sentence, uncovered

NOW = datetime(2026, 11, 28, 1, 10, tzinfo=UTC)
HOURS = st.tuples(st.integers(0, 80), st.integers(1, 30))


def hole(start: float, length: float, reason: str = "no_device", person: int | None = 1) -> Hole:
    return Hole(NOW + timedelta(hours=start), NOW + timedelta(hours=start + length), reason, person)


@given(HOURS, st.lists(HOURS, max_size=5))
def test_what_is_uncovered_is_exactly_what_no_known_hole_covers(own: tuple[int, int], known: list[tuple[int, int]]) -> None:
    parts = uncovered(hole(*own), [hole(*each) for each in known])
    for hour in range(111):
        at = hole(hour + 0.5, 0.1)
        inside = at.touches(hole(*own)) and not any(at.touches(hole(*each)) for each in known)
        assert any(at.touches(part) for part in parts) == inside


@pytest.mark.parametrize(("starts", "known", "news"), [
    (timedelta(days=3), [], True),
    (timedelta(days=3), [hole(5, 1)], True),  # the same cause, but within the sixty days: an edit made it
    (AHEAD, [hole(5, 1)], False),  # one more day of what is known
    (AHEAD, [hole(5, 1, "nobody", None)], True),  # it comes into view, and is something else
    (AHEAD, [], True),
])
def test_news(starts: timedelta, known: list[Hole], news: bool) -> None:
    found = Hole(NOW + starts, NOW + starts + timedelta(hours=1), "no_device", 1)
    assert is_news(found, known, NOW) is news


@pytest.mark.parametrize(("hour_utc", "ahead", "told"), [
    (20, 30, True),  # 21:00 in Amsterdam
    (21, 30, False),
    (5, 30, False),
    (6, 30, True),  # 07:00
    (1, 13, False),
    (1, 11, True),  # begins within twelve hours: he is woken
])
def test_quiet_hours(hour_utc: int, ahead: int, told: bool) -> None:
    now = datetime(2026, 11, 28, hour_utc, 0, tzinfo=UTC)
    assert may_tell(now + timedelta(hours=ahead), now) is told


def test_sentences() -> None:
    one, later = hole(15, 3), hole(60, 3, "nobody", None)
    assert sentence([one], open_from=None) == (
        "Gat in het rooster, eerste lijn, vanaf za 28 nov 17:10: geen toestel dat wekt en geen bewezen contact.")
    assert sentence([one, hole(40, 2)], open_from=None).startswith("2 gaten in het rooster, eerste lijn, het eerste vanaf za")
    assert sentence([later], open_from=later.starts_at) == (
        "Het rooster loopt tot ma 30 nov 14:10, daarna is er niemand ingepland."
    )
    both = sentence([one, later], open_from=later.starts_at)
    assert both.startswith("Gat in het rooster") and both.endswith("daarna is er niemand ingepland.")
