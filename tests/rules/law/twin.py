"""The slow twin of the law check, by another hand: straight from the law text, a judge of every minute.

`judge` answers with the same episodes as the checker should: windows of one rule that overlap are one, told by its worst.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from tests.rules.law.twin_calls import broken_night_rests, enough_nights, near_night_shifts, sleep, too_young
from tests.rules.law.twin_diary import Diary, minute
from tests.rules.law.twin_rests import SHIFT_RULES, free_sundays
from tests.rules.law.twin_windows import Window, averages, free_blocks, runs_of_weeks, thirteen_hours
from webcare_pwa.rules.law.person import Person, Span
from webcare_pwa.rules.law.settings import LawSettings

NOT_JUDGED = frozenset({"EXCLUDED", "P2_SHIFT", "P2_NIGHT", "P2_4W", "P2_16W", "PUBLISH"})
"""Rules of the checker that are no rule of hours in 5:2 to 5:9; the twin leaves them alone."""

MOST = frozenset(
    {"R4", "R5", "R6b", "R8a", "R8b", "R8c", "R8d", "NIGHT_LENGTH", "NIGHT_SERIES", "NIGHT_COUNT_16W", "NIGHT_COUNT_52W"}
)


@dataclass(frozen=True, order=True)
class Episode:
    """What is compared: the first and the last window that overlap, and the worst of them with its numbers."""

    rule: str
    first: int
    last: int
    starts: int
    ends: int
    measured: int
    allowed: int
    severity: str


def judge(person: Person, settings: LawSettings, period: Span) -> list[Episode]:
    """Every rule the twin knows, for the windows with a minute in the period."""
    first, last = minute(period.starts_at), minute(period.ends_at)
    diary = Diary(person, settings, first, last)
    broken = [each for each in _windows(diary, first, last) if each.starts < last and each.ends > first]
    broken.sort(key=lambda each: (each.rule, each.starts, each.ends))
    return sorted(
        _told(part) for _, windows in groupby(broken, key=lambda each: each.rule) for part in _episodes(list(windows))
    )


def call_outs(person: Person, settings: LawSettings) -> list[tuple[int, int, int, int]]:
    """R7: start, real end, number of calls and counted minutes."""
    if not person.call_outs:
        return []
    first = minute(person.call_outs[0].starts_at)
    diary = Diary(person, settings, first, first)
    return [(each.starts, each.ends, len(each.calls), each.counted_end - each.starts) for each in diary.called]


def _windows(diary: Diary, first: int, last: int) -> Iterator[Window]:
    for start, end, years in too_young(diary):
        yield Window("R1", start, end, years, diary.settings.min_age_years)
    yield from free_blocks(diary, first, last)
    for rest, allowed in near_night_shifts(diary):
        yield Window("R3", rest.starts, rest.ends, rest.measured, allowed)
    yield from thirteen_hours(diary, first, last)
    yield from averages(diary, first, last)
    yield from _night_rests(diary)
    for rest in sleep(diary):
        yield Window("SLEEP", rest.starts, rest.ends, rest.measured, rest.ends - rest.starts, "advice")
    for rule in SHIFT_RULES:
        yield from rule(diary)
    yield from free_sundays(diary, first, last)


def _night_rests(diary: Diary) -> Iterator[Window]:
    """R6a counts where the employer chose R6 and some 16 weeks around the call hold so many nights."""
    if not diary.settings.use_45h_variant:
        return
    for call, rest in broken_night_rests(diary):
        if any(enough_nights(diary, *run) for run in runs_of_weeks(diary, 16, call, call + 1)):
            yield Window("R6a", rest.starts, rest.ends, rest.measured, diary.settings.night_rest_minutes)


def _episodes(windows: list[Window]) -> Iterator[list[Window]]:
    part: list[Window] = []
    end = 0
    for each in windows:
        if part and each.starts >= end:
            yield part
            part = []
        part.append(each)
        end = max(end, each.ends) if len(part) > 1 else each.ends
    yield part


def _told(part: list[Window]) -> Episode:
    severity = max((each.severity for each in part), key=("advice", "warning", "error").index)
    alike = [each for each in part if each.severity == severity]
    sign = -1 if part[0].rule in MOST else 1
    worst = min(alike, key=lambda each: (sign * (each.measured - each.allowed), each.starts))
    last = max(each.ends for each in part)
    return Episode(part[0].rule, part[0].starts, last, worst.starts, worst.ends, worst.measured, worst.allowed, severity)
