"""The ticked scale: every span of time on a screen is drawn with it. Pure; moments go in, percentages come out.

A short span counts minutes from its start. A long one follows the clock on the wall, up to whole days for a week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from webcare_pwa.labels.dates import DAYS_SHORT
from webcare_pwa.rules.wall_time import instant, wall

ROOM = 9.0  # percent: labels closer together than this would touch on a phone


@dataclass(frozen=True)
class Grain:
    """Ticks of a span up to `longest`, in minutes; `form`: minutes | hours | days."""

    longest: timedelta
    minor: int
    major: int
    form: str


GRAINS = (
    Grain(timedelta(minutes=20), 1, 5, "minutes"),
    Grain(timedelta(minutes=75), 5, 15, "minutes"),
    Grain(timedelta(hours=4), 15, 60, "minutes"),
    Grain(timedelta(hours=12), 30, 60, "hours"),
    Grain(timedelta(hours=30), 60, 180, "hours"),
    Grain(timedelta.max, 720, 1440, "days"),
)


@dataclass(frozen=True)
class Tick:
    """One tick at `x` percent; a major one may have a label."""

    x: float
    major: bool
    label: str = ""


@dataclass(frozen=True)
class Scale:
    """A span with its ticks, the needle at `now` (percent, within the span) and where the last stretch begins."""

    start: datetime
    end: datetime
    now: float
    zone: float
    ticks: tuple[Tick, ...]


def scale(start: datetime, end: datetime, now: datetime) -> Scale:
    """The scale from `start` to `end`. The last third is the zone in which it gets tight."""
    end = max(end, start + timedelta(minutes=1))
    grain = next(each for each in GRAINS if end - start <= each.longest)
    is_short = grain.longest <= timedelta(minutes=75)
    moments = _from_start(start, end, grain) if is_short else _on_the_clock(start, end, grain)
    ticks = [Tick(_percent(start, end, at), major, _label(at, grain) if major else "") for at, major in moments]
    return Scale(start, end, _percent(start, end, now), 66.7, tuple(_with_room(ticks)))


def _from_start(start: datetime, end: datetime, grain: Grain) -> list[tuple[datetime, bool]]:
    minutes = range(0, int((end - start).total_seconds() // 60) + 1, grain.minor)
    found = [(start + timedelta(minutes=each), each % grain.major == 0) for each in minutes]
    if found[-1] != (end, True):
        found = [*(each for each in found if each[0] < end), (end, True)]
    return found


def _on_the_clock(start: datetime, end: datetime, grain: Grain) -> list[tuple[datetime, bool]]:
    found: dict[datetime, bool] = {}
    day, last = wall(start).date(), wall(end).date()
    while day <= last:
        midnight = instant(day, wall(start).time().min)
        for minute in range(0, 1440, grain.minor):
            at = midnight + timedelta(minutes=minute)
            if start <= at <= end:
                found.setdefault(at, minute % grain.major == 0)
        day += timedelta(days=1)
    return sorted(found.items())


def _percent(start: datetime, end: datetime, at: datetime) -> float:
    return round(min(max((at - start) / (end - start) * 100, 0.0), 100.0), 1)


def _label(at: datetime, grain: Grain) -> str:
    local = wall(at)
    if grain.form == "days":
        return DAYS_SHORT[local.weekday()]
    return f"{local.hour}" if grain.form == "hours" else f"{local:%H:%M}"


def _with_room(ticks: list[Tick]) -> list[Tick]:
    """Labels that would touch their neighbour or stick out are dropped; those at both ends stay."""
    room = ROOM if all(len(each.label) <= 2 for each in ticks) else ROOM * 1.8
    kept: list[Tick] = []
    last = -100.0
    for tick in ticks:
        near_end = tick.x < 100 and tick.x > 100 - room and any(each.label and each.x == 100 for each in ticks)
        if tick.label and (tick.x - last < room or near_end):
            tick = Tick(tick.x, tick.major)
        if tick.label:
            last = tick.x
        kept.append(tick)
    return kept
