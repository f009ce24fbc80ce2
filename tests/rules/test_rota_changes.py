"""What a change of the rota means to each person."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from webcare_pwa.rules.rota_changes import Held, changes

SAMIRA, TOM = 1, 2


def held(person: int, start: int, end: int, line: str = "first_line") -> Held:
    return Held(line, person, datetime(2026, 11, start, tzinfo=UTC), datetime(2026, 11, end, tzinfo=UTC))


@pytest.mark.parametrize(("before", "after", "gained", "lost"), [
    ([held(SAMIRA, 1, 5)], [held(SAMIRA, 1, 5)], [], []),
    ([held(SAMIRA, 1, 3), held(SAMIRA, 3, 5)], [held(SAMIRA, 1, 5)], [], []),
    ([held(SAMIRA, 1, 5)], [held(SAMIRA, 2, 6)], [held(SAMIRA, 5, 6)], [held(SAMIRA, 1, 2)]),
    ([held(SAMIRA, 1, 9)], [held(SAMIRA, 1, 3), held(TOM, 3, 5), held(SAMIRA, 5, 9)], [held(TOM, 3, 5)], [held(SAMIRA, 3, 5)]),
    ([held(SAMIRA, 1, 5)], [held(SAMIRA, 1, 5, "backup")], [held(SAMIRA, 1, 5, "backup")], [held(SAMIRA, 1, 5)]),
    ([], [held(TOM, 1, 3), held(TOM, 3, 5)], [held(TOM, 1, 5)], []),
    ([held(TOM, 1, 2), held(TOM, 4, 5)], [], [], [held(TOM, 1, 2), held(TOM, 4, 5)]),
])  # fmt: skip
def test_who_gains_and_loses(before: list[Held], after: list[Held], gained: list[Held], lost: list[Held]) -> None:
    found = changes(before, after)
    assert [each for change in found for each in change.gained] == gained
    assert [each for change in found for each in change.lost] == lost
    assert [change.person_id for change in found] == sorted({each.person_id for each in (*gained, *lost)})
