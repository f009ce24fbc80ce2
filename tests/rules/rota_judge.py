"""A slow judge of who is on call, written from the words of docs/rota-format.md and from nothing else: it takes the plan's
values only, turns wall time into UTC in its own way, and looks through everything for each minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from webcare_pwa.rules.rota_plan import LinePlan, RotaPlan, RotationPlan

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EASTER = {
    2023: (4, 9), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2029: (4, 1), 2030: (4, 21),
    2031: (4, 13), 2032: (3, 28), 2033: (4, 17), 2034: (4, 9), 2035: (3, 25), 2036: (4, 13), 2037: (4, 5), 2038: (4, 25),
}  # fmt: skip  # from a printed almanac


def utc(local: datetime) -> datetime:
    """Twice: the first. Never: as if the clock had not jumped, so by the offset of winter."""
    tried = [local.replace(tzinfo=UTC) - offset for offset in (2 * HOUR, HOUR)]
    real = [each for each in tried if each.astimezone(AMSTERDAM).replace(tzinfo=None) == local]
    return min(real) if real else tried[1]


def holidays(year: int, plan: RotaPlan) -> set[date]:
    rule = plan.holidays
    easter = date(year, *EASTER[year])
    found = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    found |= {easter + days * DAY for days in (0, 1, 39, 49, 50)}
    king = date(year, 4, 27)
    found.add(king - DAY if king.weekday() == 6 else king)
    if rule.good_friday:
        found.add(easter - 2 * DAY)
    if rule.liberation_day == "always" or (rule.liberation_day == "lustrum" and year % 5 == 0):
        found.add(date(year, 5, 5))
    if rule.december_24:
        found.add(date(year, 12, 24))
    if rule.december_31:
        found.add(date(year, 12, 31))
    return found | {day for day, _ in rule.extra if day.year == year}


class Judge:
    """Answers for the minutes of [start, end)."""

    def __init__(self, plan: RotaPlan, line: str, start: datetime, end: datetime) -> None:
        self.plan, self.line = plan, plan.lines.get(line, LinePlan())
        days = [start.date() + n * DAY for n in range(-10, (end - start).days + 12)]
        off = {day for year in {day.year for day in days} for day in holidays(year, plan)}
        self.windows = [self._stretches(rotation, days, off) for rotation in self.line.rotations]
        self.turns = [self._turns(rotation, start, end) for rotation in self.line.rotations]
        members = {each.number: each.members for lane in plan.lines.values() for each in lane.rotations}
        self.held: dict[tuple[int, int], int] = {}
        for swap in plan.swaps:
            mine = self._holder(swap.turn, members)
            theirs = swap.person_id if swap.other is None else self._holder(swap.other, members)
            if mine is not None and theirs is not None:
                self.held[swap.turn] = theirs
                if swap.other is not None:
                    self.held[swap.other] = mine
        self.members = members

    def who(self, at: datetime) -> int | None:
        planned, on_leave = self._planned(at)
        if planned is None or on_leave:
            return None
        if self.plan.allowed is not None and planned not in self.plan.allowed:
            return None
        return planned if self.line.able is None or planned in self.line.able else None

    def _planned(self, at: datetime) -> tuple[int | None, bool]:
        covering = [each for each in self.line.overrides if each.starts_at <= at < each.ends_at]
        if covering:
            override = max(covering, key=lambda each: each.number)
            made = override.created_at
            leave = [
                each for each in self.plan.leave
                if each.person_id == override.person_id and each.starts_at <= at < each.ends_at
                and each.created_at and (not made or each.created_at > made)
            ]  # fmt: skip
            return override.person_id, bool(leave)
        for rotation, windows, turns in zip(self.line.rotations, self.windows, self.turns, strict=True):
            if not rotation.members or not self._within(rotation, at):
                continue
            if rotation.windows and not any(start <= at < end for start, end in windows):
                continue
            turn = max(number for number, start in turns if start <= at)
            person = self._holder((rotation.number, turn), self.members)
            return person, any(each.person_id == person and each.starts_at <= at < each.ends_at for each in self.plan.leave)
        return None, False

    def _holder(self, turn: tuple[int, int], members: dict[int, tuple[int, ...]]) -> int | None:
        people = members.get(turn[0], ())
        return self.held.get(turn, people[turn[1] % len(people)]) if people else None

    @staticmethod
    def _within(rotation: RotationPlan, at: datetime) -> bool:
        begins = rotation.begins or datetime.combine(rotation.starts_on, rotation.handoff)
        return utc(begins) <= at and (rotation.ends is None or at < utc(rotation.ends))

    @staticmethod
    def _stretches(rotation: RotationPlan, days: list[date], off: set[date]) -> list[tuple[datetime, datetime]]:
        found = []
        for window in rotation.windows:
            for day in days:
                if day.weekday() not in window.days or (window.holidays == "only" and day not in off):
                    continue
                if window.holidays == "except" and day in off:
                    continue
                last = day if window.closes > window.opens else day + DAY
                while window.closes_on is not None and last.weekday() != window.closes_on:
                    last += DAY
                found.append((utc(datetime.combine(day, window.opens)), utc(datetime.combine(last, window.closes))))
        return found

    @staticmethod
    def _turns(rotation: RotationPlan, start: datetime, end: datetime) -> list[tuple[int, datetime]]:
        """Every hand-off around the stretch, counted one by one from the first."""
        first = datetime.combine(rotation.starts_on, rotation.handoff)
        hours = rotation.unit == "hours"
        step = rotation.every * {"hours": HOUR, "days": DAY, "weeks": 7 * DAY}[rotation.unit]

        def begins(number: int) -> datetime:
            return utc(first) + number * step if hours else utc(first + number * step)

        number, found = 0, []
        while begins(number) > start:
            number -= 1
        while begins(number) < end:
            if begins(number + 1) > start:
                found.append((number, begins(number)))
            number += 1
        return found
