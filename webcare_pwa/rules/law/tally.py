"""How often standby was imposed at night (5:9(5)): each night touched, or each standby period with night in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from webcare_pwa.rules.law import days
from webcare_pwa.rules.law.bounds import NIGHTS
from webcare_pwa.rules.law.facts import Facts
from webcare_pwa.rules.law.minutes import Stretch
from webcare_pwa.rules.law.weeks import WEEK

SIXTEEN_WEEKS = 16 * WEEK


@dataclass(frozen=True)
class Tally:
    """Where each time begins and ends, both in order."""

    starts: list[int]
    ends: list[int]

    def count(self, start: int, end: int) -> int:
        """How many times lie wholly or partly in [start, end)."""
        return bisect_left(self.starts, end) - bisect_right(self.ends, start)

    @property
    def cuts(self) -> list[int]:
        """The beginnings of a window of 16 x 7 x 24 h at which the count changes."""
        return [*self.ends, *(start - SIXTEEN_WEEKS + 1 for start in self.starts)]


def tally(facts: Facts) -> Tally:
    """The times of a person, by the setting `night_count_mode`."""
    times = _nights(facts) if facts.settings.night_count_mode == NIGHTS else _periods(facts)
    return Tally([start for start, _ in times], [end for _, end in times])


def _nights(facts: Facts) -> list[Stretch]:
    found: dict[int, Stretch] = {}
    for start, end in facts.standby:
        for left, right in days.nights(start, end):
            night = days.day_of(left)
            found[night] = found[night][0] if night in found else left, right
    return list(found.values())


def _periods(facts: Facts) -> list[Stretch]:
    found = []
    for start, end in facts.standby:
        nights = list(days.nights(start, end))
        if nights:
            found.append((nights[0][0], nights[-1][1]))
    return found
