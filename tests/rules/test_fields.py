"""Reading a document field by field: what is taken, and which path and sentence a fault gets."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

import pytest

from webcare_pwa.rules import field_values as values
from webcare_pwa.rules.fields import Faults, Field


def faults(document: Any, read: Any) -> list[str]:
    root = Field.root(document)
    read(root)
    return root.faults


@pytest.mark.parametrize(
    ("document", "read", "fault"),
    [
        ([], lambda root: root.only("a"), "document: must be an object"),
        ({"b": 1}, lambda root: root.only("a"), "b: unknown field; known are a"),
        ({}, lambda root: root.text("a"), "a: is missing"),
        ({"a": 1}, lambda root: root.text("a"), "a: must be a text"),
        ({"a": " "}, lambda root: root.text("a"), "a: must not be empty"),
        ({"a": "x"}, lambda root: root.text("a", choices=("z", "y")), "a: 'x' is not one of y, z"),
        ({"a": True}, lambda root: root.number("a", least=1, most=9), "a: must be a whole number from 1 to 9"),
        ({"a": 10}, lambda root: root.number("a", least=1, most=9), "a: must be a whole number from 1 to 9"),
        ({"a": 1}, lambda root: root.flag("a", False), "a: must be true or false"),
        ({"a": 1}, lambda root: root.items("a"), "a: must be a list"),
        ({"a": [1]}, lambda root: root.items("a")[0].read(values.text, ""), "a[0]: must be a text"),
        ({"a": {"b": "8:00"}}, lambda root: root.field("a").clock("b"), "a.b: '8:00' is not a time like 08:00"),
        ({"a": "24:00"}, lambda root: root.clock("a"), "a: '24:00' is not a time like 08:00"),
        ({"a": "2026-11-28T02:10:30"}, lambda root: root.moment("a"), "a: must be in whole minutes"),
        ({"a": "2026-11-28T02:10Z"}, lambda root: root.wall("a"),
         "a: '2026-11-28T02:10Z' is not a Dutch wall time like 2026-11-28T02:10, without offset"),
        ({"a": "2026-02-30"}, lambda root: root.field("a").read(values.day, None),
         "a: '2026-02-30' is not a date like 2026-11-28 in the years 1970 to 2099"),
        ({"a": "0001-01-01T00:00"}, lambda root: root.moment("a"),
         "a: '0001-01-01T00:00' is not a date and time like 2026-11-28T02:10, 2026-11-28T02:10+01:00 or 2026-11-28T01:10Z"),
    ],
)  # fmt: skip
def test_a_fault_names_the_field(document: Any, read: Any, fault: str) -> None:
    assert faults(document, read) == [fault]


def test_all_faults_come_at_once() -> None:
    root = Field.root({"a": 1, "b": [{"c": 2}]})
    root.text("a")
    root.items("b")[0].text("c")
    with pytest.raises(Faults) as caught:
        root.finish()
    assert caught.value.lines == ["a: must be a text", "b[0].c: must be a text"]


def test_what_is_taken() -> None:
    root = Field.root({"day": "2026-11-28", "at": "2026-11-28T02:10", "utc": "2026-11-28T02:10+01:00", "clock": "08:30"})
    assert root.moment("day") == datetime(2026, 11, 27, 23, tzinfo=UTC)
    assert root.moment("at") == root.moment("utc") == datetime(2026, 11, 28, 1, 10, tzinfo=UTC)
    assert root.wall("day", date_at=time(8)) == datetime(2026, 11, 28, 8)
    assert root.clock("clock") == time(8, 30)
    assert (root.number("n", 3, least=1, most=9), root.flag("f", True), root.text("t", "x")) == (3, True, "x")
    root.finish()


@pytest.mark.parametrize("text", ["", "nu", "2026-11-28T02", "20261128T0210", "2100-01-01T00:00", "2026-11-28T02:10+25:00"])
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        values.moment(text)
