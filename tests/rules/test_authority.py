"""Nobody can borrow rights he has not got, by inviting, resetting or shutting out a colleague."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_pwa.rules import authority
from webcare_pwa.rules.access import ADMINISTRATOR, COORDINATOR, DUTY, PLANNERS, ROLES
from webcare_pwa.rules.viewer import Viewer

ROLE_SETS = st.frozensets(st.tuples(st.integers(1, 3), st.sampled_from(ROLES)), max_size=6)


def viewer(*roles: tuple[int, str]) -> Viewer:
    return Viewer(1, "Carla", "carla@corporatie.example", frozenset(roles))


@pytest.mark.parametrize(
    ("actor", "other", "sends", "covers"),
    [
        (((1, COORDINATOR),), ((1, DUTY),), True, True),
        (((1, COORDINATOR),), ((1, DUTY), (2, DUTY)), True, False),  # he also works elsewhere: mailed, not shown
        (((1, COORDINATOR),), ((2, DUTY),), False, False),
        (((1, COORDINATOR),), ((1, ADMINISTRATOR),), False, False),  # no ladder up
        (
            ((1, COORDINATOR),),
            ((1, DUTY), (2, ADMINISTRATOR)),
            False,
            False,
        ),  # not by way of another organisation either
        (((1, ADMINISTRATOR),), ((1, ADMINISTRATOR),), True, True),
        (((1, ADMINISTRATOR), (2, COORDINATOR)), ((1, ADMINISTRATOR), (2, ADMINISTRATOR)), False, False),
        (((1, DUTY),), ((1, DUTY),), False, False),
        (((1, COORDINATOR),), (), False, False),
    ],
)
def test_who_may_make_a_link(
    actor: tuple[tuple[int, str], ...], other: tuple[tuple[int, str], ...], sends: bool, covers: bool
) -> None:
    assert authority.may_send_link(viewer(*actor), frozenset(other)) is sends
    assert authority.covers(viewer(*actor), frozenset(other)) is covers


@given(ROLE_SETS, ROLE_SETS)
def test_whose_link_is_shown_can_do_nothing_the_viewer_could_not_arrange_himself(
    mine: frozenset[tuple[int, str]], theirs: frozenset[tuple[int, str]]
) -> None:
    actor = Viewer(1, "A", "a@b.nl", mine)
    if authority.covers(actor, theirs):
        assert authority.may_send_link(actor, theirs)
        assert {organisation for organisation, _ in theirs} <= actor.organisations(PLANNERS)
        assert {pair for pair in theirs if pair[1] == ADMINISTRATOR} <= mine


def test_ticked_roles_outside_his_organisations_are_ignored() -> None:
    actor = viewer((1, ADMINISTRATOR), (2, COORDINATOR))
    chosen = ["1:duty", "2:duty", "3:administrator", "1:koning", "x:duty", "1", "", "١:duty", "1:administrator"]
    assert authority.wanted_roles(actor, chosen) == {(1, DUTY), (1, ADMINISTRATOR)}
