"""R5, R6 and R8b to R8d: hours per week and on average. Leave counts (5:2), call-outs count, limits are for whole runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from webcare_pwa.rules.law.bounds import ANY
from webcare_pwa.rules.law.facts import Facts
from webcare_pwa.rules.law.finding import Finding
from webcare_pwa.rules.law.night_calls import short_rests
from webcare_pwa.rules.law.tally import SIXTEEN_WEEKS, Tally, tally
from webcare_pwa.rules.law.weeks import runs, too_much


@dataclass(frozen=True)
class Averages:
    """The limits as they hold for one person."""

    facts: Facts

    @cached_property
    def _tally(self) -> Tally:
        return tally(self.facts)

    @cached_property
    def _short(self) -> list[tuple[int, Finding]]:
        return short_rests(self.facts) if self.facts.settings.use_45h_variant else []

    @cached_property
    def _cuts(self) -> list[int]:
        missed = [at + shift for at, _ in self._short for shift in (1, 1 - SIXTEEN_WEEKS)]
        return [*self._tally.cuts, *missed]

    def findings(self) -> Iterator[Finding]:
        """All of them."""
        norms, hours = self.facts.settings, self.facts.hours_with_leave
        week, month = self._share(norms.max_week_minutes), self._share(4 * norms.avg_minutes_4w)
        yield from too_much(self.facts, "R8b", hours, 1, lambda _start, _end: week)
        yield from too_much(self.facts, "R8d", hours, 4, lambda _start, _end: month)
        yield from too_much(self.facts, "R8c", hours, 16, self._by_day, self._cuts)
        yield from too_much(self.facts, "R5", hours, 16, self._at_night, self._cuts)
        yield from too_much(self.facts, "R6b", hours, 16, self._with_rest, self._cuts)
        yield from (each for at, each in self._short if self.facts.touches(each.starts, each.ends) and self._counts(at))

    def _share(self, minutes: int) -> int:
        norms, percent = self.facts.settings, self.facts.person.part_time_percent
        return minutes * percent // 100 if norms.part_time_pro_rata else minutes

    def _many(self, start: int, end: int) -> bool:
        return self._tally.count(start, end) >= self.facts.settings.night_threshold_count_16w

    def _rested(self, start: int, end: int) -> bool:
        return self.facts.settings.use_45h_variant and not any(start <= at < end for at, _ in self._short)

    def _by_day(self, start: int, end: int) -> int | None:
        return None if self._many(start, end) else self._share(16 * self.facts.settings.avg_minutes_16w)

    def _at_night(self, start: int, end: int) -> int | None:
        if not self._many(start, end) or self._rested(start, end):
            return None
        return self._share(16 * self.facts.settings.avg_minutes_16w_night)

    def _with_rest(self, start: int, end: int) -> int | None:
        if not self._many(start, end) or not self._rested(start, end):
            return None
        return self._share(16 * self.facts.settings.avg_minutes_16w_night_with_rest)

    def _counts(self, at: int) -> bool:
        """Does a window of 16 weeks around a call hold so many nights that R6 is the rule?"""
        if self.facts.settings.week_start != ANY:
            return any(start <= at < end and self._many(start, end) for start, end in runs(self.facts, 16))
        earliest = at - SIXTEEN_WEEKS + 1
        tries = [earliest, at, *(cut for cut in self._tally.cuts if earliest <= cut <= at)]
        return any(self._many(start, start + SIXTEEN_WEEKS) for start in tries)


def averages(facts: Facts) -> Iterator[Finding]:
    """R5, R6a, R6b, R8b, R8c, R8d."""
    return Averages(facts).findings()
