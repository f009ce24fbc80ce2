"""The stage of an incident: the issue's rule as a table, and what the newest row changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from webcare_pwa.rules.stage import stage

NOW = datetime(2026, 11, 28, 1, 30, tzinfo=UTC)
SOON, PAST = NOW + timedelta(minutes=30), NOW - timedelta(minutes=1)

CASES: list[tuple[str, list[tuple[str, datetime | None]], bool, bool, str]] = [
    ("nothing happened", [], False, False, "new"),
    ("somebody took it", [], True, False, "accepted"),
    ("closed", [], True, True, "done"),
    ("closed without anybody", [], False, True, "done"),
    ("only called", [("contractor_called", None)], True, False, "accepted"),
    ("a note says nothing", [("note", None)], True, False, "accepted"),
    ("a note with a time is no visit", [("note", SOON)], True, False, "accepted"),
    ("staff dispatched", [("staff_dispatched", None)], True, False, "dispatched"),
    ("contractor accepted", [("contractor_accepted", None)], True, False, "dispatched"),
    ("called, with a time", [("contractor_called", SOON)], True, False, "dispatched"),
    ("time recorded", [("contractor_eta_recorded", SOON)], True, False, "dispatched"),
    ("time recorded by somebody who did not take it", [("contractor_eta_recorded", SOON)], False, False, "dispatched"),
    ("promised time passed", [("contractor_eta_recorded", PAST)], True, False, "waiting"),
    ("promised this very minute", [("contractor_eta_recorded", NOW)], True, False, "waiting"),
    ("promised time passed, a note after it", [("staff_dispatched", PAST), ("note", None)], True, False, "waiting"),
    ("new time after the old one passed", [("contractor_eta_recorded", PAST), ("contractor_eta_recorded", SOON)],
     True, False, "dispatched"),
    ("they came, nobody opened", [("contractor_eta_recorded", PAST), ("contractor_no_access_recorded", PAST)],
     True, False, "dispatched"),
    ("part needed", [("contractor_eta_recorded", PAST), ("part_recorded", None)], True, False, "waiting"),
    ("part came, a new time", [("part_recorded", None), ("contractor_eta_recorded", SOON)], True, False, "dispatched"),
    ("repaired", [("contractor_eta_recorded", PAST), ("repair_reported_done", None)], True, False, "done"),
    ("made safe", [("made_safe_recorded", None)], True, False, "done"),
    ("made safe, then a part is needed", [("made_safe_recorded", None), ("part_recorded", None)],
     True, False, "waiting"),
]


@pytest.mark.parametrize(("progress", "acknowledged", "closed", "expected"),
                         [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_stage(progress: list[tuple[str, datetime | None]], acknowledged: bool, closed: bool, expected: str) -> None:
    assert stage(progress, acknowledged, closed, NOW) == expected
