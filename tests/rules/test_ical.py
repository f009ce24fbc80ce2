"""The stream that is written is read back by another library, whatever names and times are in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import ics
from tests.rules.random_rotas import LINES, MINUTE, PEOPLE, RandomRota, changes
from webcare_pwa.rules import feed
from webcare_pwa.rules.feed import FeedLine
from webcare_pwa.rules.ical import Event, Revision, stream
from webcare_pwa.rules.rota import on_call_at, shift_at
from webcare_pwa.rules.rota_plan import RotaPlan

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
SIGNS = st.characters(exclude_categories=("C", "Zl", "Zp", "Zs"), include_characters=' ,;:\\"\n')
WORDS = st.text(SIGNS, min_size=1, max_size=120)
FEED_LINES = {line: FeedLine(number, line) for number, line in enumerate(LINES)}
NAMES = {person: f"Persoon {person}" for person in PEOPLE}


@settings(deadline=None)
@given(WORDS, WORDS, st.integers(0, 10**6))
def test_any_text_comes_back(summary: str, description: str, number: int) -> None:
    event = Event("x@y", AT, AT + timedelta(minutes=1), summary, description)
    text = stream("Rooster é, ; \\ 日本", [event], Revision(number, AT))
    (read,) = ics.events(text)
    assert (read.summary, read.description, read.sequence, read.stamp) == (summary, description, number, AT)
    assert ics.name_of(text) == "Rooster é, ; \\ 日本"


def test_what_would_break_out_of_a_line_cannot() -> None:
    event = Event("x@y", AT, AT, "Tom\r\nEND:VEVENT\x00\u2028\x85BEGIN:VALARM", "")
    (read,) = ics.events(stream("x", [event], Revision(0, AT)))
    assert read.summary == "Tom\nEND:VEVENTBEGIN:VALARM"


def test_an_empty_stream_is_one() -> None:
    assert ics.events(stream("x", [], Revision(0, AT))) == []


def check_feed(plan: RotaPlan, start: datetime, end: datetime, step: timedelta) -> None:
    """Whoever is announced at a moment stands in the feed of the desk, and in his own, and nobody else does."""
    desk = stream("x", feed.desk_events(plan, FEED_LINES, NAMES, (start, end), "h"), Revision(1, AT))
    whole = ics.events(desk)
    own = {
        person: ics.events(stream("x", feed.own_events(plan, FEED_LINES, person, (start, end), "h", "Desk"), Revision(1, AT)))
        for person in PEOPLE
    }
    uids = [each.uid for each in whole]
    assert len(uids) == len(set(uids))
    at = start
    while at < end:
        for line in LINES:
            on = on_call_at(plan, line, at)
            there = [each for each in whole if each.summary.startswith(f"{line}:") and each.starts_at <= at < each.ends_at]
            assert [each.summary for each in there] == ([f"{line}: {NAMES[on]}"] if on is not None else []), at
            for each in there:
                shift = shift_at(plan, line, at)
                assert (each.starts_at, each.ends_at) == (shift.starts_at, shift.ends_at)
            mine = [
                person for person in PEOPLE for each in own[person]
                if each.summary == f"Dienst: {line}" and each.starts_at <= at < each.ends_at
            ]
            assert mine == ([on] if on is not None else []), at
        at += step


@pytest.mark.parametrize("change", changes(), ids=lambda each: f"{each:%Y-%m}")
def test_read_back_over_every_clock_change(change: datetime) -> None:
    made = RandomRota(change.toordinal(), change)
    plan = made.plan()
    for _ in range(3):
        check_feed(plan, change - timedelta(hours=26), change + timedelta(hours=26), 11 * MINUTE)
        plan = made.edited(plan)


def test_a_swap_changes_the_event_and_is_not_another_one() -> None:
    starts = datetime(2026, 11, 30, 7, tzinfo=UTC)
    assert feed.uid("desk", 3, starts, "h") == "desk-3-20261130T070000Z@h"
    assert feed.uid("own", 3, starts, "h") != feed.uid("desk", 3, starts, "h")


def test_the_window_is_whole_days() -> None:
    start, end = feed.window(AT.date())
    assert (start, end) == (datetime(2026, 9, 28, 22, tzinfo=UTC), datetime(2027, 5, 24, 22, tzinfo=UTC))
