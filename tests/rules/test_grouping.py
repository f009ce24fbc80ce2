"""Which incidents look like one outage, and which of them leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from webcare_pwa.rules.grouping import Like, alike, leader, to_attach

NOW = datetime(2026, 11, 28, 1, 10, tzinfo=UTC)


def like(number: int, minutes: float = 0, **more: object) -> Like:
    return replace(Like(number, 1, "water", NOW + timedelta(minutes=minutes), "spoed"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("other", "same"), [
    (like(2), True),
    (like(2, 120), True),
    (like(2, 120.1), False),
    (like(2, complex_id=2), False),
    (like(2, complex_id=None), False),
    (like(2, group="lift"), False),
    (like(1), False),
])
def test_alike(other: Like, same: bool) -> None:
    assert alike(like(1), other) is same
    assert alike(other, like(1)) is same


def test_without_a_complex_nothing_is_alike() -> None:
    assert not alike(like(1, complex_id=None), like(2, complex_id=None))


@pytest.mark.parametrize(("those", "head"), [
    ([like(1), like(2)], 1),
    ([like(1), like(2, urgency="noodgeval")], 2),
    ([like(1, urgency="noodgeval"), like(2, owned=True)], 2),
    ([like(1, owned=True), like(2, leads=True)], 2),
])
def test_leader(those: list[Like], head: int) -> None:
    assert leader(those).id == head


@pytest.mark.parametrize(("others", "result"), [
    ([like(1)], (0, ())),  # two do not agree yet
    ([like(1), like(2)], (1, (2, 9))),
    ([like(1), like(2, kept_apart=True)], (0, ())),
    ([like(1, owned=True), like(2)], (1, (2, 9))),
    ([like(1, owned=True), like(2, owned=True)], (1, (9,))),  # what somebody works on is left with him
    ([like(1, leads=True), like(2, head_id=1), like(3, head_id=1)], (1, (9,))),
    ([like(2, head_id=1), like(3, head_id=1)], (1, (9,))),  # the head itself lies too far back
])
def test_three_agree(others: list[Like], result: tuple[int, tuple[int, ...]]) -> None:
    assert to_attach(like(9, 5), others) == result


def test_what_was_kept_apart_is_not_attached_again() -> None:
    assert to_attach(like(9, kept_apart=True), [like(1), like(2), like(3)]) == (0, ())
