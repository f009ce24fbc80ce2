"""The people of a rota document for the law check: their shifts as standby or as work, and their leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from webcare_pwa.rules.law.person import Leave, Person, Shift, Span, Standby
from webcare_pwa.rules.rota import shifts_between
from webcare_pwa.rules.rota_file_values import RotaFile

AROUND = timedelta(weeks=17)  # shifts are worked out so far before and after the period: the longest window of standby is 16


def with_rota(people: Iterable[Person], rota: RotaFile, work_lines: Collection[str], period: Span) -> list[Person]:
    """The people, and those of the rota who are not among them, with what the rota gives them. The shifts of `work_lines` are
    planned work (a day line), those of all other lines standby."""
    known = {each.id: each for each in people}
    everybody = known | {each.id: Person(each.id) for each in rota.people if each.id not in known}
    standby: dict[str, list[Standby]] = defaultdict(list)
    work: dict[str, list[Shift]] = defaultdict(list)
    for line, person, starts, ends in _shifts(rota, period):
        if line in work_lines:
            work[person].append(Shift(starts, ends))
        else:
            standby[person].append(Standby(starts, ends))
    leave: dict[str, list[Leave]] = defaultdict(list)
    for each in rota.plan.leave:
        leave[rota.people[each.person_id].id].append(Leave(each.starts_at, each.ends_at))
    return [
        replace(
            each, standby=(*each.standby, *standby[name]), work=(*each.work, *work[name]), leave=(*each.leave, *leave[name])
        )
        for name, each in everybody.items()
    ]


def _shifts(rota: RotaFile, period: Span) -> Iterator[tuple[str, str, datetime, datetime]]:
    for line in rota.plan.lines:
        for shift in shifts_between(rota.plan, line, period.starts_at - AROUND, period.ends_at + AROUND):
            person = rota.person(shift.person_id)
            if person is not None:
                yield line, person, shift.starts_at, shift.ends_at
