"""When somebody who took an incident is paged again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_pwa.rules.unfinished import NO_PROGRESS, REMINDER, UNOPENED, Taken, next_call, quiet_until

T = datetime(2026, 11, 28, 1, 10, tzinfo=UTC)
MINUTES = st.none() | st.integers(-300, 300)


def after(minutes: int | None) -> datetime | None:
    return None if minutes is None else T + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("urgency", "opened", "promised", "on_site", "reminded", "kind", "minutes"),
    [
        ("noodgeval", False, None, 120, None, UNOPENED, 3),
        ("spoed", False, None, None, None, UNOPENED, 10),
        ("spoed", True, None, None, None, REMINDER, 30),
        ("spoed", True, 10, None, None, REMINDER, 30),  # whichever is later
        ("spoed", True, 50, None, None, REMINDER, 60),
        ("noodgeval", True, 180, 120, None, REMINDER, 120),  # never beyond the on-site deadline
        ("noodgeval", True, None, 20, None, REMINDER, 20),
        ("noodgeval", True, None, -20, None, REMINDER, 30),  # one that had passed says nothing any more
        ("spoed", True, None, None, 30, NO_PROGRESS, 35),
    ],
)
def test_what_is_due_and_when(
    urgency: str, opened: bool, promised: int | None, on_site: int | None, reminded: int | None, kind: str, minutes: int
) -> None:
    call = next_call(Taken(urgency, T, opened, T, after(promised), after(on_site), after(reminded)))
    assert (call.kind, call.due_at) == (kind, after(minutes))


@given(promised=MINUTES, on_site=MINUTES)
def test_silence_ends_after_the_last_act_and_by_a_deadline_that_lies_ahead(promised: int | None, on_site: int | None) -> None:
    taken = Taken("spoed", T, True, T, after(promised), after(on_site))
    until = quiet_until(taken)
    assert until > T
    if on_site is not None and on_site > 0:
        assert until <= T + timedelta(minutes=on_site)
    else:
        assert until >= T + timedelta(minutes=30)
    later = quiet_until(replace(taken, on_site_by=None, last_act_at=T + timedelta(minutes=7)))
    assert later >= quiet_until(replace(taken, on_site_by=None))  # an act never shortens it
