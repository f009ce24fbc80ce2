"""Random people for the twin: standby, work, nights, calls and leave around both clock changes, fond of the law's borders."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.rules.law.twin_diary import wall
from webcare_pwa.rules.law.person import CallOut, Leave, Person, Shift, Span, Standby
from webcare_pwa.rules.law.settings import LawSettings

MINUTE = timedelta(minutes=1)
HOUR, DAY = 60, 1440
BASES = tuple(
    datetime(*each, tzinfo=UTC)
    for each in ((2027, 2, 22), (2027, 10, 4), (2028, 3, 6), (2028, 10, 2), (2027, 6, 7), (2027, 12, 6))
)
BORDERS = (15, 30, 330, 8 * HOUR, 600, 11 * HOUR, 12 * HOUR, 13 * HOUR, 14 * HOUR, 24 * HOUR, 36 * HOUR, 46 * HOUR, 48 * HOUR)
LONG_BORDERS = (32 * HOUR, 72 * HOUR, 96 * HOUR, 7 * DAY, 14 * DAY)
NORMS: tuple[dict[str, Any], ...] = (
    {}, {}, {}, {"use_45h_variant": True}, {"use_45h_variant": True, "night_threshold_count_16w": 3},
    {"free_window_levels": "duty_start"}, {"two_48h_must_be_separate": True, "week_start": "sunday"},
    {"week_start": "any"}, {"night_count_mode": "periods", "night_threshold_count_16w": 4},
    {"night_callout_is_night_shift": True}, {"allow_72h_variant": True}, {"callout_ends_at": "work_done"},
    {"callout_min_minutes": 45, "callout_merge_gap_minutes": 60}, {"free_24h_blocks_per_28d": 16, "max_shift_minutes": 600},
    {"part_time_pro_rata": True}, {"week_start": "any", "use_45h_variant": True, "night_threshold_count_16w": 2},
)  # fmt: skip


def moment_of(at: int) -> datetime:
    return datetime.fromtimestamp(at * 60, UTC)


class RandomPerson:
    """One person, with norms and a period, from a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.base = self.chance.choice(BASES) + timedelta(days=self.chance.randrange(7))
        self.norms = LawSettings(**self.chance.choice(NORMS))
        self.standby: list[Standby] = []
        self.work: list[Shift] = []
        self.nights: list[Shift] = []
        self.calls: list[CallOut] = []
        self.leave: list[Leave] = []

    def moment(self, at: int) -> datetime:
        return self.base + at * MINUTE

    def ends(self, starts: int, length: int) -> tuple[datetime, datetime]:
        return self.moment(starts), self.moment(starts + length)

    def border(self, *more: int) -> int:
        """A length the law knows, or a minute beside it, or any."""
        near = self.chance.choice((*BORDERS, *more)) + self.chance.choice((0, 0, 0, -1, 1))
        return near if self.chance.random() < 0.8 else self.chance.randrange(15, 2 * DAY)

    def made(self) -> Person:
        self._walk(self.chance.choice((10, 25, 40)) * DAY)
        if self.chance.random() < 0.3:
            self._steady(self.chance.choice((4, 6)))
        for _ in range(self.chance.randrange(7)):
            self._calls(self.chance.randrange(40 * DAY))
        self._leave_days()
        age = date(self.base.year - 18, self.base.month, 1) + timedelta(days=self.chance.randrange(40))
        return Person(
            "p", tuple(self.standby), tuple(self.work), tuple(self.nights), tuple(self.calls), tuple(self.leave),
            self.chance.choice((None, None, age, date(2008, 2, 29))), part_time_percent=self.chance.choice((100, 80, 67)),
        )  # fmt: skip

    def period(self) -> Span:
        starts = self.chance.randrange(-DAY, 30 * DAY)
        return Span(*self.ends(starts, self.chance.choice((1, DAY, 3 * DAY, 10 * DAY))))

    def _walk(self, until: int) -> None:
        """One thing after another, a border apart; now and then they overlap or touch."""
        at = self.chance.randrange(DAY)
        makers = self.chance.choices((self._standby, self._shift, self._night, self._calls), k=3)
        while at < until:
            length = self.chance.choice(makers)(at)
            at += self.chance.choice((0, length, length, length))
            at += self.chance.choice((0, 0, self.border(), self.border(*LONG_BORDERS)))

    def _standby(self, at: int) -> int:
        length = self.border(*LONG_BORDERS)
        self.standby.append(Standby(*self.ends(at, length)))
        return length

    def _shift(self, at: int) -> int:
        length = self.border()
        self.work.append(Shift(*self.ends(at, length), self._breaks(at, length)))
        return length

    def _breaks(self, at: int, length: int) -> tuple[Span, ...] | None:
        sizes = self.chance.choice((None, (), (30,), (29,), (15, 15), (15, 14), (45,), (44,), (15, 15, 15), (60,)))
        if sizes is None or length < 5 * HOUR:
            return None
        places = [at + length * (place + 1) // (len(sizes) + 1) for place in range(len(sizes))]
        return tuple(Span(*self.ends(place, size)) for place, size in zip(places, sizes, strict=True))

    def _night(self, at: int) -> int:
        """A row of night shifts, or of work that just is or just is no night shift."""
        begin = at - at % DAY + self.chance.choice((22 * HOUR, 23 * HOUR, 18 * HOUR, 4 * HOUR, 4 * HOUR - 1, 23 * HOUR - 1))
        length = self.chance.choice((8 * HOUR, 8 * HOUR, 10 * HOUR, 10 * HOUR + 1, 12 * HOUR, 12 * HOUR + 1, 2 * HOUR))
        number = self.chance.choice((1, 2, 3, 4, 8))
        for night in range(number):
            kind = self.nights if self.chance.random() < 0.3 else self.work
            kind.append(Shift(*self.ends(begin + night * DAY, length)))
        return begin - at + (number - 1) * DAY + length

    def _calls(self, at: int) -> int:
        """A few calls shortly after each other."""
        begin = at
        for _ in range(self.chance.choice((1, 1, 2, 3))):
            length = self.chance.choice((1, 5, 10, 29, 30, 31, 60, 121))
            done = self.moment(at + self.chance.randrange(1, length + 1)) if self.chance.random() < 0.5 else None
            self.calls.append(CallOut(*self.ends(at, length), done))
            at += length + self.chance.choice((0, 25, 29, 30, 31, 35, 60, 61, 480))
        return at - begin

    def _steady(self, weeks: int) -> None:
        """An office week with standby, which many windows need."""
        hours = self.chance.choice((8, 9, 10, 12)) * HOUR
        days, every = self.chance.choice((3, 4, 5, 6)), self.chance.choice((1, 1, 2))
        first = -self.base.weekday() * DAY
        for week in range(weeks):
            monday = first + week * 7 * DAY
            for day in range(days):
                self.work.append(Shift(*self.ends(monday + day * DAY + 7 * HOUR, hours)))
                if week % every == 0:
                    self.standby.append(Standby(*self.ends(monday + day * DAY + 16 * HOUR, 15 * HOUR)))

    def _leave_days(self) -> None:
        """Whole days of leave, apart from each other; with minutes, what divides by the days."""
        for place in range(self.chance.choice((0, 0, 1, 3))):
            day = (self.base + timedelta(days=place * 12 + self.chance.randrange(5))).date()
            number = self.chance.choice((1, 2, 5, 7))
            ends = [moment_of(wall(day)), moment_of(wall(day + timedelta(days=number)))]
            each = self.chance.choice((None, 432, 480, 0))
            self.leave.append(Leave(ends[0], ends[1], None if each is None else each * number))
