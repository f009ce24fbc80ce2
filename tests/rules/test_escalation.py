"""The escalation rule: tables from the policy's comments, and properties over random nights."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_pwa.rules.default_policy import DEFAULT_POLICY
from webcare_pwa.rules.escalation import (
    BACKUP,
    COORDINATOR,
    EMPTY,
    FIRST_LINE,
    NOT_NEEDED,
    PAGED,
    POOL,
    Done,
    Next,
    Step,
    next_step,
)

T0 = datetime(2026, 11, 28, 1, 10, tzinfo=UTC)
SPOED, NOODGEVAL = DEFAULT_POLICY["spoed"], DEFAULT_POLICY["noodgeval"]


def after(seconds: float) -> datetime:
    return T0 + timedelta(seconds=seconds)


def walk(
    policy: tuple[Step, ...], until: float, *, empty: frozenset[str] = frozenset(), refuse: dict[str, float] | None = None,
    emergency: bool = False,
) -> list[tuple[float, str]]:
    """Run a policy second by second, as the worker does; returns (second, who) of each step that called somebody."""
    people = {who: frozenset({number}) for number, who in enumerate((FIRST_LINE, BACKUP, COORDINATOR, POOL))}
    history: tuple[Done, ...] = ()
    called: list[tuple[float, str]] = []
    for second in range(int(until) + 1):
        now = after(second)
        refusals = {min(people[who]): after(at) for who, at in (refuse or {}).items() if at <= second}
        while (step := next_step(policy, T0, history, refusals, now, emergency=emergency)) and step.due_at <= now:
            who = step.step.who
            outcome = NOT_NEEDED if step.step.via == "next_contact" else EMPTY if who in empty else PAGED
            reached = people[who] if outcome == PAGED else frozenset[int]()
            history += (Done(step.position, step.repeat, who, step.due_at, outcome, reached),)
            if outcome == PAGED:
                called.append((second, who))
                break
    return called


@pytest.mark.parametrize(
    ("policy", "until", "expected"),
    [
        (SPOED, 1500, [(0, FIRST_LINE), (120, FIRST_LINE), (240, FIRST_LINE), (300, BACKUP), (600, COORDINATOR),
                       (900, POOL), (1500, POOL)]),
        (NOODGEVAL, 1080, [(0, FIRST_LINE), (60, FIRST_LINE), (120, BACKUP), (300, COORDINATOR), (480, POOL), (780, POOL),
                           (1080, POOL)]),
    ],
)
def test_nobody_answers(policy: tuple[Step, ...], until: float, expected: list[tuple[float, str]]) -> None:
    assert walk(policy, until) == expected


def test_an_empty_first_line_costs_no_second() -> None:
    assert walk(SPOED, 600, empty=frozenset({FIRST_LINE}))[:3] == [(0, BACKUP), (300, COORDINATOR), (600, POOL)]


def test_two_empty_steps_in_a_row_cost_no_second() -> None:
    assert walk(NOODGEVAL, 0, empty=frozenset({FIRST_LINE, BACKUP, COORDINATOR})) == [(0, POOL)]


def test_nobody_at_all_is_tried_again_and_again_but_not_in_a_loop() -> None:
    everybody = frozenset({FIRST_LINE, BACKUP, COORDINATOR, POOL})
    assert walk(NOODGEVAL, 900, empty=everybody) == []


def test_a_refusal_moves_on_at_once_and_keeps_the_later_distances() -> None:
    called = walk(SPOED, 1000, refuse={FIRST_LINE: 20})
    assert called == [(0, FIRST_LINE), (20, BACKUP), (320, COORDINATOR), (620, POOL)]


def test_a_refusal_by_the_backup_calls_the_coordinator() -> None:
    assert walk(SPOED, 400, refuse={BACKUP: 310})[-1] == (310, COORDINATOR)


def test_a_step_that_is_late_is_due_now_and_the_next_keeps_its_distance() -> None:
    done = (Done(0, 0, FIRST_LINE, T0, PAGED, frozenset({1})), Done(1, 0, FIRST_LINE, after(30), NOT_NEEDED))
    now = after(40 * 60)
    step = next_step(SPOED, T0, done, {}, now, emergency=False)
    assert step == Next(2, 0, SPOED[2], now, after(120))


def test_an_emergency_that_stood_still_goes_to_the_pool_at_once() -> None:
    done = (Done(0, 0, FIRST_LINE, T0, PAGED, frozenset({1})),)
    step = next_step(NOODGEVAL, T0, done, {}, after(40 * 60), emergency=True)
    assert step is not None and (step.step.who, step.due_at) == (POOL, after(40 * 60))


def test_without_a_policy_there_is_no_step() -> None:
    assert next_step((), T0, (), {}, T0, emergency=True) is None


@given(
    empty=st.frozensets(st.sampled_from([FIRST_LINE, BACKUP, COORDINATOR]), max_size=3),
    refuse=st.dictionaries(st.sampled_from([FIRST_LINE, BACKUP, COORDINATOR]), st.integers(0, 900), max_size=3),
    emergency=st.booleans(),
)
def test_the_pool_is_always_reached_and_never_later_than_planned(
    empty: frozenset[str], refuse: dict[str, float], emergency: bool
) -> None:
    policy = NOODGEVAL if emergency else SPOED
    called = walk(policy, 900, empty=empty, refuse=refuse, emergency=emergency)
    pool = [second for second, who in called if who == POOL]
    assert pool and pool[0] <= policy[-1].after_seconds
    assert all(who not in empty for _, who in called)
    assert [second for second, _ in called] == sorted(second for second, _ in called)
