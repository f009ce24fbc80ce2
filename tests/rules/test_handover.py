"""Which night, which promises were kept, what is still to be done."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from webcare_pwa.rules import handover
from webcare_pwa.rules.handover import Said
from webcare_pwa.rules.hours import Hours

WEEK: Hours = {day: (time(8), time(17)) for day in range(5)}
NIGHT = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)  # Saturday 02:00


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "closed"),
    [
        ("2026-11-24T06:30", "2026-11-23T16:00"),  # Tuesday 07:30: Monday 17:00
        ("2026-11-24T10:00", "2026-11-23T16:00"),  # by day still the night before
        ("2026-11-24T15:59", "2026-11-23T16:00"),
        ("2026-11-24T16:00", "2026-11-24T16:00"),  # the minute it closes a new night begins
        ("2026-11-28T01:05", "2026-11-27T16:00"),  # Saturday 02:05: Friday 17:00
        ("2026-11-30T06:30", "2026-11-27T16:00"),  # Monday morning: the whole weekend
        ("2026-12-28T06:30", "2026-12-24T16:00"),  # Monday after Christmas: since Thursday
        ("2027-03-29T10:00", "2027-03-26T16:00"),  # Easter Monday: the clock changed in between
    ],
)
def test_a_night_begins_when_the_office_closes(now: str, closed: str) -> None:
    assert handover.last_closing(WEEK, at(now)) == at(closed)


def test_an_office_that_never_opens_looks_back_one_day() -> None:
    assert handover.last_closing({}, NIGHT) == NIGHT - timedelta(days=1)


def minutes(number: int) -> datetime:
    return NIGHT + timedelta(minutes=number)


@pytest.mark.parametrize(
    ("news", "closed", "now", "kept", "late"),
    [
        ([(60, "inspection_recorded")], None, 200, 60, False),
        ([(70, "inspection_recorded")], None, 200, 70, False),  # ten minutes' grace
        ([(71, "inspection_recorded")], None, 200, 71, True),
        ([], None, 65, None, False),  # not so far yet
        ([], None, 71, None, True),  # nothing heard
        ([(20, "note"), (30, "call_failed"), (40, "tenant_called_no_answer")], None, 71, None, True),  # no news
        ([], 50, 200, 50, False),  # closed in time
        ([], 90, 200, 90, True),
        ([(90, "inspection_recorded")], 50, 200, 50, False),
    ],
)
def test_a_promise_is_kept_by_news_in_time(
    news: list[tuple[int, str]], closed: int | None, now: int, kept: int | None, late: bool
) -> None:
    said = [Said("contractor_eta_recorded", NIGHT, minutes(60), "Loodgieter"), *(Said(kind, minutes(m)) for m, kind in news)]
    found = handover.promises(said, minutes(closed) if closed else None, minutes(now))
    assert found == (handover.Promise("Loodgieter", minutes(60), minutes(kept) if kept is not None else None, late),)


def test_a_new_time_given_in_time_keeps_the_old_promise_and_makes_a_new_one() -> None:
    said = [
        Said("contractor_eta_recorded", NIGHT, minutes(60), "A"),
        Said("contractor_eta_recorded", minutes(55), minutes(90), "A"),
    ]
    first, second = handover.promises(said, None, minutes(101))
    assert (first.kept_at, first.late) == (minutes(55), False)
    assert (second.kept_at, second.late) == (None, True)


@pytest.mark.parametrize(
    ("stage", "outcome", "owned", "kinds", "in_writing", "expected"),
    [
        ("new", None, False, [], True, ("take",)),
        ("accepted", None, True, [], True, ("check",)),
        ("waiting", None, True, ["contractor_eta_recorded"], True, ("ask",)),
        ("waiting", None, True, ["part_recorded"], True, ("parts",)),
        ("done", None, True, ["part_recorded", "repair_reported_done"], True, ("check",)),
        ("new", None, False, [], False, ("take", "call_tenant")),
        ("done", "solved", True, [], False, ("nothing",)),
        ("done", "not_ours", True, [], True, ("nothing",)),
        ("done", "made_safe", True, [], False, ("follow_up", "call_tenant")),
        ("done", "next_day", False, [], True, ("appointment",)),
        ("done", "referred", True, [], True, ("check",)),
        ("done", "own_cost", True, [], True, ("check",)),
    ],
)
def test_what_is_still_to_be_done(
    stage: str, outcome: str | None, owned: bool, kinds: list[str], in_writing: bool, expected: tuple[str, ...]
) -> None:
    found = handover.to_do(stage=stage, outcome=outcome, owned=owned, kinds=kinds, in_writing=in_writing)
    assert found == expected
