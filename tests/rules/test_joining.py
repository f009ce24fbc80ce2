"""The list for who joins the duty: what makes each item done, and what counts as unproven."""

from __future__ import annotations

from dataclasses import replace

import pytest

from webcare_pwa.labels import WORDS
from webcare_pwa.rules import joining
from webcare_pwa.rules.joining import Facts, Phone, items, missing, unproven

ANDROID = Phone(7, "android", waking=True, shown=True)
READY = Facts(
    phones=(ANDROID,), proven_contact=True, rehearsed=True, bedside=True, numbers="030 123 45 67",
    given=frozenset({("installed", "device-7"), ("sound", "device-7"), ("number", "030 123 45 67")}),
)


def done(facts: Facts) -> set[str]:
    return {item.code for item in items(facts) if item.done}


def test_nothing_is_done_of_somebody_new() -> None:
    assert done(Facts()) == set()
    assert missing(items(Facts())) == ["installed", "notifications", "waking", "arrived", "sound", "second_contact", "number"]
    assert unproven(items(Facts())) == ["notifications", "waking", "arrived", "second_contact"]


def test_all_is_done() -> None:
    assert done(READY) == set(joining.ITEMS)
    assert (missing(items(READY)), unproven(items(READY))) == ([], [])


@pytest.mark.parametrize(
    ("changed", "undone", "lacks"),
    [
        ({"phones": (replace(ANDROID, shown=False),)}, {"arrived"}, ["arrived"]),
        ({"phones": (replace(ANDROID, waking=False),)}, {"installed", "waking", "arrived", "sound"}, ["waking", "arrived"]),
        ({"phones": ()}, {"installed", "notifications", "waking", "arrived", "sound"}, ["notifications", "waking", "arrived"]),
        ({"phones": (replace(ANDROID, id=8),)}, {"installed", "sound"}, []),  # another phone: asked again
        ({"phones": (Phone(8, "ios", waking=True, shown=True),)}, {"sound"}, []),  # a page to an iPhone proves the home screen
        ({"phones": (ANDROID, Phone(9, "desktop", waking=False, shown=True))}, set(), []),
        ({"proven_contact": False}, {"second_contact"}, ["second_contact"]),
        ({"numbers": "030 999 99 99"}, {"number"}, []),
        ({"rehearsed": False}, {"rehearsal"}, []),
        ({"bedside": False}, {"bedside"}, []),
    ],
)
def test_what_undoes_an_item(changed: dict[str, object], undone: set[str], lacks: list[str]) -> None:
    found = items(replace(READY, **changed))  # type: ignore[arg-type]
    assert set(joining.ITEMS) - {item.code for item in found if item.done} == undone
    assert unproven(found) == lacks


def test_what_comes_by_itself_or_is_optional_is_not_asked() -> None:
    assert missing(items(replace(READY, rehearsed=False, bedside=False))) == []


@pytest.mark.parametrize("kind", ["joining", "joining_missing", "joining_why"])
def test_each_item_has_its_words(kind: str) -> None:
    assert set(WORDS[kind]) == set(joining.ITEMS)
