"""When contacts follow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.fakes import SATURDAY_0210
from webcare_pwa.rules.contact_times import due_times


@pytest.mark.parametrize(
    ("emergency", "waking", "seconds"),
    [(False, True, [30, 60, 90]), (False, False, [0, 30, 60]), (True, True, [0, 0, 0]), (True, False, [0, 0, 0])],
)
def test_contacts_follow_each_other(emergency: bool, waking: bool, seconds: list[int]) -> None:
    due = due_times(SATURDAY_0210, 3, emergency=emergency, waking_device=waking)
    assert due == [SATURDAY_0210 + timedelta(seconds=each) for each in seconds]
