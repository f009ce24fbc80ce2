"""Random people of 16 weeks and of a year for the twin: averages tuned to the limit and one minute beside it, nights with
calls, rows of night shifts, Sundays."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.rules.law.twin_diary import Diary, minute, wall
from tests.rules.law.twin_people import DAY, HOUR, NORMS, RandomPerson, moment_of
from tests.rules.law.twin_windows import WEEK
from webcare_pwa.rules.law.person import CallOut, Leave, Person, Shift, Span, Standby
from webcare_pwa.rules.law.settings import LawSettings

NIGHT_CALLS = ((3 * HOUR + 10, 30), (330, HOUR), (350, 30), (359, 1), (30, 5), (6 * HOUR, 10), (4 * HOUR, 29))


class LongPerson(RandomPerson):
    """A worker of about 16 weeks, on standby for about 16 nights, with hours on the limit of a run of weeks."""

    def made(self) -> Person:
        chance = self.chance
        self.monday = (self.base - timedelta(days=self.base.weekday())).date()
        self.norms = LawSettings(**chance.choice(({}, {"use_45h_variant": True}, chance.choice(NORMS))))
        self.begin, self.office = chance.choice((360, 390, 480, 700)), chance.choice((7, 7, 8)) * HOUR
        for day in (self.monday + timedelta(days=number) for number in range(7 * chance.choice((17, 20)))):
            if day.weekday() < 5:
                self.work.append(Shift(*self.at(day, self.begin, self.office)))
        self._nights(chance.choice((15, 16, 16, 17)), chance.choice((0, 0, 0.1)))
        away = self.monday + timedelta(days=7 * chance.randrange(2, 9))
        self.leave.append(Leave(*self.dates(away, 7), chance.choice((None, 2100, 2520))))
        self._tune()
        return self.person()

    def person(self) -> Person:
        return Person(
            "p", tuple(self.standby), tuple(self.work), tuple(self.nights), tuple(self.calls), tuple(self.leave),
            part_time_percent=self.chance.choice((100, 67)),
        )  # fmt: skip

    def period(self) -> Span:
        starts = wall(self.monday) + self.chance.randrange(-DAY, 16 * WEEK)
        return Span(moment_of(starts), moment_of(starts + self.chance.choice((1, DAY))))

    def dates(self, day: date, number: int) -> tuple[datetime, datetime]:
        return moment_of(wall(day)), moment_of(wall(day + timedelta(days=number)))

    def at(self, day: date, clock: int, length: int) -> tuple[datetime, datetime]:
        """So long from a time on a day, by elapsed minutes."""
        return moment_of(wall(day) + clock), moment_of(wall(day) + clock + length)

    def _nights(self, number: int, often: float) -> None:
        """Nights on standby around the 16 from which R5 and R6 hold, with calls now and then."""
        for place in self.chance.sample(range(105), number):
            day = self.monday + timedelta(days=place)
            self.standby.append(Standby(*self.at(day, 17 * HOUR, 13 * HOUR)))
            if self.chance.random() < often:
                self.calls.append(CallOut(*self.at(day + timedelta(days=1), *self.chance.choice(NIGHT_CALLS))))

    def _tune(self) -> None:
        """Bring the hours of one run to a limit, or a minute below or above it."""
        weeks = self.chance.choice((1, 4, 16, 16, 16, 16))
        run = wall(self.monday), wall(self.monday + timedelta(days=7 * weeks))
        limits = {1: (60,), 4: (220,), 16: (768,) if len(self.standby) < 16 else (640, 720)}[weeks]
        wanted = self.chance.choice(limits) * HOUR + self.chance.choice((0, 0, 1, -1))
        while (short := wanted - self._hours(*run)) < 0:
            inside = [each for each in self.work if minute(each.starts_at) < run[1]]
            for each in inside[-1 - -short // self.office :]:
                self.work.remove(each)
        self._fill(short, *run)

    def _hours(self, starts: int, ends: int) -> int:
        diary = Diary(self.person(), self.norms, starts, ends)
        return sum(diary.sum(line, starts, ends) for line in (diary.work, diary.added, diary.leave_hours))

    def _fill(self, short: int, starts: int, ends: int) -> None:
        """Work in free time, at most six hours at a stretch and then as much free."""
        diary = Diary(self.person(), self.norms, starts, ends)
        away = diary.marked(self.leave)
        at = starts + self.chance.randrange(2 * DAY)
        while short and at < ends:
            length = 0
            while length < min(short, 6 * HOUR) and at + length < ends and not self._taken(diary, away, at + length):
                length += 1
            if length:
                self.work.append(Shift(moment_of(at), moment_of(at + length)))
            short -= length
            at += length + (self.chance.choice((6, 20)) * HOUR if length else 1)

    def _taken(self, diary: Diary, away: bytearray, at: int) -> bool:
        return any(diary.on(line, at) for line in (diary.busy, diary.leave_hours, away))


class YearPerson(LongPerson):
    """A worker of a year: Sundays worked around the 39 that may be, night shifts around the 36 and the 140 that may be."""

    def made(self) -> Person:
        chance = self.chance
        self.monday = (self.base - timedelta(days=self.base.weekday())).date()
        worked = set(chance.sample(range(54), chance.choice((39, 40, 41, 42))))
        for week in worked:
            sunday = self.monday + timedelta(days=7 * week + 6)
            if chance.random() < 0.4:
                clock, length = chance.choice(((-10, 5), (-30, 5), (-31, 5), (600, 20), (1439, 60), (1430, 1)))
                self.calls.append(CallOut(*self.at(sunday, clock, length)))
            else:
                self.work.append(Shift(*self.at(sunday, *chance.choice(((600, 60), (-60, 61), (-60, 60), (1439, 300))))))
        for night in chance.choice((range(0, 108, 3), range(0, 111, 3), range(1, 281, 2), range(1, 283, 2))):
            day = self.monday + timedelta(days=night)
            self.nights.append(Shift(*self.at(day, 23 * HOUR, chance.choice((360, 480, 660)))))
        self.standby += [Standby(*self.at(self.monday + timedelta(days=chance.randrange(300)), 0, DAY)) for _ in range(5)]
        return self.person()

    def period(self) -> Span:
        starts = wall(self.monday) + self.chance.choice((5, 30, 180, 364)) * DAY
        return Span(moment_of(starts), moment_of(starts + 1))
