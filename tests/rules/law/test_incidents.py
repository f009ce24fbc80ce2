"""Call-outs out of acts on an incident."""

from __future__ import annotations

from datetime import datetime

import pytest

from webcare_pwa.rules.law.incidents import call_outs
from webcare_pwa.rules.wall_time import parse, wall

NIGHT = [(parse("2026-11-27T17:00"), parse("2026-11-30T08:00")), (parse("2026-11-30T17:00"), parse("2026-12-01T08:00"))]


def at(*texts: str) -> list[datetime]:
    return [parse(f"2026-11-{text}") for text in texts]


@pytest.mark.parametrize(("acts", "calls", "expected"), [
    ([], ["28T02:10"], []),  # a colleague took it
    (["28T02:14", "28T03:20"], ["28T02:10", "28T02:12"], ["28T02:10/28T03:20"]),
    (["28T02:14"], [], ["28T02:14/28T02:15"]),
    (["28T02:14:30", "28T02:50:01"], ["28T02:10:59"], ["28T02:10/28T02:51"]),
    (["28T02:14", "28T04:14", "28T06:15"], ["28T02:10"], ["28T02:10/28T04:14", "28T06:15/28T06:16"]),  # stopped for 2:01
    (["28T02:14", "30T08:00", "30T12:00", "30T17:00"], [], ["28T02:14/28T02:15", "30T17:00/30T17:01"]),  # office hours are none
    (["28T02:14"], ["27T23:00", "28T00:13", "28T00:14"], ["28T00:14/28T02:14"]),  # an older call was another time
])  # fmt: skip
def test_from_the_call_to_the_last_act(acts: list[str], calls: list[str], expected: list[str]) -> None:
    outs = call_outs(at(*acts), at(*calls), NIGHT)
    assert [f"{wall(each.starts_at):%dT%H:%M}/{wall(each.ends_at):%dT%H:%M}" for each in outs] == expected
