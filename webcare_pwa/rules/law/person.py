"""What the working-time law looks at: one person with his standby, work, call-outs and leave. Values only.

Every time is an aware datetime in whole minutes; every stretch is half-open, [starts_at, ends_at). What is not given is
taken to be free time, so a check needs the facts of the weeks before as well (28 days for the free blocks, 16 weeks for
the averages, 52 weeks for the Sundays).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from webcare_pwa.rules.law.minutes import Stretch, minute


@dataclass(frozen=True)
class Span:
    """A stretch of time. Raises ValueError when it is empty, without time zone or not in whole minutes."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        """Refuse what is no stretch of time."""
        if self.minutes_long <= 0:
            raise ValueError("must end after it starts")

    @cached_property
    def stretch(self) -> Stretch:
        """The same in minutes."""
        return minute(self.starts_at), minute(self.ends_at)

    @property
    def minutes_long(self) -> int:
        """Elapsed minutes: 23 or 25 hours on the days the clock changes."""
        return self.stretch[1] - self.stretch[0]


@dataclass(frozen=True)
class Standby(Span):
    """Consignatie: reachable for unforeseen work (ATW 1:7(1)g). It is rest, not work. `published_at`: when the person was
    told of it (4:2); None when that is not looked at."""

    published_at: datetime | None = None


@dataclass(frozen=True)
class Shift(Span):
    """Planned work. `breaks` None: not known, so all of it is work and the rule on breaks is not looked at. A break of less
    than 15 minutes is no break in law (1:7(1)e) and stays work."""

    breaks: tuple[Span, ...] | None = None


@dataclass(frozen=True)
class CallOut(Span):
    """Work after a call during standby: from the moment of the call until arrival at home (5:9(7)). `work_done_at`: when the
    work itself was done; it is the end instead when the setting `callout_ends_at` says so."""

    work_done_at: datetime | None = None


@dataclass(frozen=True)
class Leave(Span):
    """Leave, sickness or works-council time: hours that count as worked for the averages (5:2), but are no work.

    `minutes` None: what counts is the planned work that lies in it. Otherwise these minutes, spread evenly over its
    calendar days; planned work in it is not worked and not counted again.
    """

    minutes: int | None = None

    def __post_init__(self) -> None:
        """Refuse more hours than there are."""
        super().__post_init__()
        if self.minutes is not None and not 0 <= self.minutes <= self.minutes_long:
            raise ValueError("counts more minutes than it lasts")


@dataclass(frozen=True)
class Person:
    """All that counts for one person. `id` only comes back in the breaches.

    `night_shifts` are work and night shifts on the planner's word; `work` with more than an hour between 00:00 and 06:00 is
    a night shift by law. `excluded`: may have no standby then, no reason is stored (4:5 to 4:9). `protected`: the shorter
    hours of chapter 4 hold, no reason is stored either. `atw_exempt`: chapter 5 does not apply (Atb 2.1:1). `employed`
    False: not our employee, nothing is checked. `part_time_percent` only counts when the setting `part_time_pro_rata` is on.
    """

    id: str
    standby: tuple[Standby, ...] = ()
    work: tuple[Shift, ...] = ()
    night_shifts: tuple[Shift, ...] = ()
    call_outs: tuple[CallOut, ...] = ()
    leave: tuple[Leave, ...] = ()
    birth_date: date | None = None
    excluded: tuple[Span, ...] = ()
    protected: tuple[Span, ...] = ()
    atw_exempt: bool = False
    employed: bool = True
    part_time_percent: int = 100
