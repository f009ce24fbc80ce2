"""Which escalations may be kept: a table of faults, and that whatever is kept never ends in silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_pwa.labels import WORDS
from webcare_pwa.rules import policy_edits
from webcare_pwa.rules.default_policy import DEFAULT_POLICY
from webcare_pwa.rules.escalation import BACKUP, COORDINATOR, EMPTY, FIRST_LINE, PAGED, POOL, Done, Step, next_step
from webcare_pwa.rules.paging import TELL_TENANT_AFTER
from webcare_pwa.rules.policy import CALLED, SECOND_WITHIN, URGENCIES, acting, faults, version, written

T0 = datetime(2026, 11, 28, 1, 10, tzinfo=UTC)
ALL = Step(480, POOL, repeat_every_seconds=300)
SAFE = (Step(0, FIRST_LINE), Step(120, BACKUP), ALL)


def codes(urgency: str, *steps: Step) -> set[tuple[str, int | None]]:
    return {(each.code, each.position) for each in faults(urgency, steps)}


@pytest.mark.parametrize("urgency", URGENCIES)
def test_the_default_may_be_kept(urgency: str) -> None:
    assert faults(urgency, DEFAULT_POLICY[urgency]) == []
    assert faults(urgency, acting(DEFAULT_POLICY[urgency])) == []
    assert written(urgency, acting(DEFAULT_POLICY[urgency])) == acting(DEFAULT_POLICY[urgency])


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ((), ("empty", None)),
        ((Step(30, FIRST_LINE), Step(120, BACKUP), ALL), ("not_at_once", 0)),
        ((Step(0, FIRST_LINE), Step(120, BACKUP), Step(60, COORDINATOR), ALL), ("descends", 2)),
        ((Step(0, FIRST_LINE), Step(120, "iemand"), ALL), ("who", 1)),
        ((Step(0, FIRST_LINE), Step(120, "day_line"), ALL), ("who", 1)),
        ((Step(0, FIRST_LINE), Step(60, POOL), ALL), ("pool_early", 1)),
        ((Step(0, FIRST_LINE, repeat_every_seconds=60), Step(120, BACKUP), ALL), ("repeats_early", 0)),
        ((Step(0, FIRST_LINE), Step(120, BACKUP)), ("silence", 1)),
        ((Step(0, FIRST_LINE), Step(480, POOL)), ("silence", 1)),
        ((Step(0, FIRST_LINE), Step(120, COORDINATOR, repeat_every_seconds=60)), ("silence", 1)),
        ((Step(0, FIRST_LINE), Step(120, BACKUP), Step(601, POOL, repeat_every_seconds=300)), ("pool_late", 2)),
        ((Step(0, FIRST_LINE), Step(120, BACKUP), Step(480, POOL, repeat_every_seconds=330)), ("again_late", 2)),
        ((Step(0, FIRST_LINE), Step(120, BACKUP), Step(480, POOL, repeat_every_seconds=30)), ("again_early", 2)),
        ((Step(0, FIRST_LINE), Step(301, BACKUP), ALL), ("second_late", None)),
        ((Step(0, FIRST_LINE), Step(60, FIRST_LINE), ALL), ("second_late", None)),
        ((*(Step(0, FIRST_LINE) for _ in range(12)), ALL), ("too_many", None)),
    ],
)
def test_what_is_not_safe_is_named_at_its_step(steps: tuple[Step, ...], code: tuple[str, int | None]) -> None:
    assert code in codes("noodgeval", *steps)
    assert {each.code for each in faults("noodgeval", steps)} <= WORDS["policy_fault"].keys()


def test_spoed_may_be_slower_than_noodgeval() -> None:
    slow = (Step(0, FIRST_LINE), Step(900, BACKUP), Step(1800, POOL, repeat_every_seconds=900))
    assert faults("spoed", slow) == []
    assert {each.code for each in faults("noodgeval", slow)} == {"second_late", "pool_late", "again_late"}


def test_two_at_the_same_moment_may_be() -> None:
    assert codes("noodgeval", Step(0, FIRST_LINE), Step(0, BACKUP), ALL) == set()


steps = st.builds(
    Step, st.sampled_from([0, 0, 30, 60, 120, 300, 600, 900, 1800, 3600]), st.sampled_from([*CALLED, POOL]),
    repeat_every_seconds=st.sampled_from([None, None, 60, 300, 900, 3600]),
)
lasts = st.builds(
    Step, st.sampled_from([300, 600, 1800]), st.just(POOL), repeat_every_seconds=st.sampled_from([60, 300, 900]))
policies = st.lists(steps, max_size=4).map(lambda found: tuple(sorted(found, key=lambda step: step.after_seconds)))


@given(st.sampled_from(URGENCIES), policies, lasts, st.frozensets(st.sampled_from(CALLED)))
def test_what_may_be_kept_calls_everybody_in_time_and_goes_on(
    urgency: str, first: tuple[Step, ...], last: Step, nobody: frozenset[str]
) -> None:
    """Whoever is not there and whatever was chosen: the pool is called before the tenant hears that nobody answered, and
    again and again after that."""
    policy = (Step(0, FIRST_LINE), *first, last)
    if faults(urgency, policy):
        return
    history: tuple[Done, ...] = ()
    pool: list[timedelta] = []
    while len(pool) < 5:
        assert len(history) < 40
        now = history[-1].due_at if history else T0
        step = next_step(policy, T0, history, {}, now, emergency=urgency == "noodgeval")
        assert step is not None, "silence"
        outcome = EMPTY if step.step.who in nobody else PAGED
        history += (Done(step.position, step.repeat, step.step.who, step.due_at, outcome),)
        if step.step.who == POOL:
            pool.append(step.due_at - T0)
    second = next(each for each in history if each.who != policy[0].who)
    assert second.due_at - T0 <= SECOND_WITHIN[urgency]
    assert pool[0] <= TELL_TENANT_AFTER[urgency]
    assert pool[4] - pool[3] <= timedelta(minutes=15)


def test_moving_a_step_keeps_the_moments() -> None:
    policy = (Step(0, FIRST_LINE), Step(120, BACKUP), Step(300, COORDINATOR), ALL)
    moved = policy_edits.earlier(policy, 2)
    assert [(each.after_seconds, each.who) for each in moved] == [
        (0, FIRST_LINE), (120, COORDINATOR), (300, BACKUP), (480, POOL)]
    assert policy_edits.earlier(policy, 0) == policy
    assert policy_edits.earlier(policy, 3) == policy  # everybody stays the last


def test_adding_finds_its_moment_and_stays_before_everybody() -> None:
    assert policy_edits.with_step(SAFE, Step(120, COORDINATOR)) == (*SAFE[:2], Step(120, COORDINATOR), ALL)
    assert policy_edits.with_step(SAFE, Step(60, COORDINATOR))[1] == Step(60, COORDINATOR)
    assert policy_edits.with_step(SAFE, Step(3000, COORDINATOR)) == (*SAFE[:2], Step(3000, COORDINATOR), ALL)
    assert policy_edits.with_step((), Step(0, BACKUP)) == (Step(0, BACKUP),)


def test_removing_the_first_calls_the_next_at_once() -> None:
    assert policy_edits.without(SAFE, 0) == (Step(0, BACKUP), ALL)
    assert policy_edits.without(SAFE, 1) == (SAFE[0], ALL)
    assert policy_edits.without((SAFE[0],), 0) == ()


def test_a_version_changes_with_what_is_done_only() -> None:
    assert version(DEFAULT_POLICY["spoed"]) == version(acting(DEFAULT_POLICY["spoed"]))
    assert version(SAFE) != version((*SAFE[:2], Step(480, POOL, repeat_every_seconds=240)))
