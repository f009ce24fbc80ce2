"""The twin on calls and nights: R1, R3, R6a and the advice on sleep, and how many nights of standby 16 weeks hold."""

from __future__ import annotations

from bisect import bisect_left
from calendar import isleap
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tests.rules.law.twin_diary import HOUR, Called, Diary, wall


class Rest(NamedTuple):
    """Where a rest should have been and how long it was."""

    starts: int
    ends: int
    measured: int


def enough_nights(diary: Diary, start: int, end: int) -> bool:
    """R5: standby imposed on so many nights (or in so many periods with night in them)."""
    at_night = _standby_at_night(diary)
    count = sum(bisect_left(each, end) > bisect_left(each, start) for each in at_night)
    return count >= diary.settings.night_threshold_count_16w


def _standby_at_night(diary: Diary) -> list[list[int]]:
    """Per night, or per period of standby: its minutes at night. Kept on the diary: it is asked for at every minute."""
    kept: list[list[int]] | None = vars(diary).get("standby_at_night")
    if kept is None:
        if diary.settings.night_count_mode == "nights":
            parts = [(wall(day), wall(day, 6)) for day in diary.days]
        else:
            parts = list(diary.runs(diary.standby))
        lists = ([at for at in range(*part) if diary.on(diary.standby, at) and diary.on(diary.night, at)] for part in parts)
        kept = vars(diary)["standby_at_night"] = [each for each in lists if each]
    return kept


def last_night_calls(diary: Diary) -> Iterator[tuple[date, int, Called]]:
    """Of every night the last call that came in it, with the work it belongs to. Who is at work is not called."""
    for day in diary.days:
        calls = [(call, group) for group in diary.called for call in group.calls if wall(day) <= call < wall(day, 6)]
        calls = [each for each in calls if not diary.on(diary.planned, each[0])]
        if calls:
            call, group = max(calls, key=lambda each: each[0])
            yield day, call, group


def broken_night_rests(diary: Diary) -> Iterator[tuple[int, Rest]]:
    """R6a where it was not kept, with the call, wherever it lies."""
    least = diary.settings.night_rest_minutes
    for day, call, group in last_night_calls(diary):
        end = group.counted_end
        if any(group.starts < begin <= end for begin, _ in diary.runs(diary.planned)):
            morning = wall(day, 6)
            rest = Rest(morning, morning + 18 * HOUR, diary.longest_rest(diary.busy, morning, morning + 18 * HOUR))
        else:
            work = diary.next(diary.busy, end)
            rest = Rest(end, end + least, least if work is None else work - end)
        if rest.measured < least:
            yield call, rest


def sleep(diary: Diary) -> Iterator[Rest]:
    """The advice: a shift begins soon after a call at night."""
    hours = diary.settings.sleep_hours_after_night_call * HOUR
    begins = [start for start, _ in diary.runs(diary.planned)]
    for _, call, group in last_night_calls(diary):
        end = group.counted_end
        later = [max(0, start - end) for start in begins if start > call]
        if later and later[0] < hours:
            yield Rest(end, end + hours, later[0])


def too_young(diary: Diary) -> Iterator[tuple[int, int, int]]:
    """R1: the standby before the birthday, and how old the person is when it begins."""
    born = diary.person.birth_date
    if born is None:
        return
    birthdays = [wall(_birthday(born, years)) for years in range(diary.settings.min_age_years + 1)]
    for start, end in diary.runs(diary.standby):
        if start < birthdays[-1]:
            yield start, min(end, birthdays[-1]), sum(each <= start for each in birthdays) - 1


def _birthday(born: date, years: int) -> date:
    year = born.year + years
    leap_day = (born.month, born.day) == (2, 29) and not isleap(year)
    return date(year, 3, 1) if leap_day else born.replace(year=year)


def near_night_shifts(diary: Diary) -> Iterator[tuple[Rest, int]]:
    """R3: standby in the 11 hours before or the 14 hours after a night shift."""
    before, after = diary.settings.hours_before_night_shift * HOUR, diary.settings.hours_after_night_shift * HOUR
    nights = [(each.starts, each.ends) for each in diary.diensten() if each.night]
    if diary.settings.night_callout_is_night_shift:
        for group in diary.called:
            minutes = sum(diary.on(diary.night, at) for at in range(group.starts, group.counted_end))
            nights += [(group.starts, group.counted_end)] if minutes > HOUR else []
    for start, end in nights:
        standby = [at for at in range(start - before, start) if diary.on(diary.standby, at)]
        if standby:
            yield Rest(start - before, start, start - standby[-1] - 1), before
        standby = [at for at in range(end, end + after) if diary.on(diary.standby, at)]
        if standby:
            yield Rest(end, end + after, standby[0] - end), after


def worked_days(diary: Diary) -> set[date]:
    """Dates with a minute of work on them, call-outs included."""
    return {day for day in diary.days if diary.sum(diary.busy, wall(day), wall(day + timedelta(days=1)))}


