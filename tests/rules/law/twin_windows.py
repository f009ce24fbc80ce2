"""The twin's windows that begin at every minute or every week: R2a, R2b, R4, R5, R6b, R8b, R8c, R8d. See `twin_diary`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate
from typing import NamedTuple

from tests.rules.law.twin_calls import broken_night_rests, enough_nights
from tests.rules.law.twin_diary import DAY, HOUR, Diary, wall

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEK = 7 * DAY


class Window(NamedTuple):
    """A window in which a rule is broken."""

    rule: str
    starts: int
    ends: int
    measured: int
    allowed: int
    severity: str = "error"


def free_blocks(diary: Diary, first: int, last: int) -> Iterator[Window]:
    """R2a and R2b: any window of 28 x 24 h holds so many blocks without standby, and so many without standby and work."""
    if not diary.person.standby:
        return
    norms = diary.settings
    yield from _blocks(diary, first, last, "R2a", diary.standby, 24 * HOUR, norms.free_24h_blocks_per_28d)
    both = bytearray(max(each) for each in zip(diary.standby, diary.busy, strict=True))
    yield from _blocks(diary, first, last, "R2b", both, 48 * HOUR, norms.free_48h_periods_per_28d)


def _blocks(diary: Diary, first: int, last: int, rule: str, taken: bytearray, block: int, least: int) -> Iterator[Window]:
    length = 28 * DAY
    separate = rule == "R2b" and diary.settings.two_48h_must_be_separate
    free_for = [0] * (diary.size + 1)
    begins = [diary.size] * (diary.size + 1)
    for at in range(diary.size - 1, -1, -1):
        free_for[at] = 0 if taken[at] else free_for[at + 1] + 1
        begins[at] = at if free_for[at] >= block else begins[at + 1]
    duties = {starts for starts, _ in diary.runs(diary.standby)}
    for start in range(first - length + 1, last):
        at, end, count = begins[start - diary.origin], start - diary.origin + length, 0
        while at + block <= end:
            count += 1
            at = begins[at + (free_for[at] if separate else block)]
        if count < least:
            strict = diary.settings.free_window_levels == "any_start" or start in duties
            yield Window(rule, start, start + length, count, least, "error" if strict else "warning")


def thirteen_hours(diary: Diary, first: int, last: int) -> Iterator[Window]:
    """R4: at most 13 hours of work in any 24 hours for who is on standby."""
    if not (diary.person.standby or diary.person.call_outs):
        return
    most = diary.settings.max_work_minutes_per_24h
    so_far = [0, *accumulate(map(int.__add__, diary.work, diary.added))]
    for start in range(first - DAY + 1, last):
        work = so_far[start - diary.origin + DAY] - so_far[start - diary.origin]
        if work > most:
            yield Window("R4", start, start + DAY, work, most)


def averages(diary: Diary, first: int, last: int) -> Iterator[Window]:
    """R5, R6b, R8b, R8c, R8d: hours in runs of weeks, leave counted (5:2)."""
    lines = zip(diary.work, diary.added, diary.leave_hours, strict=True)
    so_far = [0, *accumulate(sum(each) for each in lines)]
    broken = [call for call, _ in broken_night_rests(diary)] if diary.settings.use_45h_variant else []
    norms = diary.settings
    part = diary.person.part_time_percent if norms.part_time_pro_rata else 100
    lowest = {1: norms.max_week_minutes, 4: norms.avg_minutes_4w}
    lowest[16] = min(norms.avg_minutes_16w, norms.avg_minutes_16w_night, norms.avg_minutes_16w_night_with_rest)
    for number in (1, 4, 16):
        for start, end in runs_of_weeks(diary, number, first, last):
            hours = so_far[end - diary.origin] - so_far[start - diary.origin]
            if hours > number * lowest[number] * part // 100:
                rule, limit = _norm(diary, number, start, end, broken)
                if hours > number * limit * part // 100:
                    yield Window(rule, start, end, hours, number * limit * part // 100)


def _norm(diary: Diary, number: int, start: int, end: int, broken: list[int]) -> tuple[str, int]:
    norms = diary.settings
    if number == 1:
        return "R8b", norms.max_week_minutes
    if number == 4:
        return "R8d", norms.avg_minutes_4w
    if not enough_nights(diary, start, end):
        return "R8c", norms.avg_minutes_16w
    if norms.use_45h_variant and not any(start <= call < end for call in broken):
        return "R6b", norms.avg_minutes_16w_night_with_rest
    return "R5", norms.avg_minutes_16w_night


def runs_of_weeks(diary: Diary, number: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Every run with a minute between `first` and `last`."""
    if diary.settings.week_start == "any":
        yield from ((start, start + number * WEEK) for start in range(first - number * WEEK + 1, last))
        return
    weekday = WEEKDAYS.index(diary.settings.week_start)
    for day in diary.days:
        start, end = wall(day), wall(day + timedelta(days=7 * number))
        if day.weekday() == weekday and start < last and end > first:
            yield start, end
