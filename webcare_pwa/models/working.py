"""When people work, and the few facts about a person that the working-time law asks for. No reason is ever stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webcare_pwa.db import Base
from webcare_pwa.rules.law.working_hours import WorkingHours


class WorkDay(Base):
    """The hours somebody works on a weekday (0 = Monday), but on public holidays. Dutch wall time; an end that is not later
    than the start is on the next day."""

    __tablename__ = "work_days"
    __table_args__ = (UniqueConstraint("person_id", "weekday"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    weekday: Mapped[int]
    starts: Mapped[time]
    ends: Mapped[time]
    break_minutes: Mapped[int]


class LawFact(Base):
    """What the law asks of a person. `adult_on`: only of who is not yet eighteen, the day he will be (5:9(1)). `exempt`:
    chapter 5 is not for him (Atb 2.1:1). `employed` false: another employer answers for him."""

    __tablename__ = "law_facts"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    adult_on: Mapped[date | None]
    exempt: Mapped[bool]
    employed: Mapped[bool]


def work_days_of(session: Session, people: Collection[int]) -> dict[int, list[WorkDay]]:
    """By person, Monday first; who has none is not among them: his hours are not known."""
    found: dict[int, list[WorkDay]] = defaultdict(list)
    query = select(WorkDay).where(WorkDay.person_id.in_(people)).order_by(WorkDay.weekday)
    for row in session.scalars(query):
        found[row.person_id].append(row)
    return dict(found)


def law_facts_of(session: Session, people: Collection[int]) -> dict[int, LawFact]:
    """By person; who is not among them is an adult employee for whom the law holds."""
    return {row.person_id: row for row in session.scalars(select(LawFact).where(LawFact.person_id.in_(people)))}


def working_hours(row: WorkDay) -> WorkingHours:
    """The row as a value; the break lies in the middle."""
    breaks: tuple[tuple[time, time], ...] = ()
    if row.break_minutes:
        some_day = datetime.combine(date(2000, 1, 3), row.starts)
        end = datetime.combine(date(2000, 1, 3 + (row.ends <= row.starts)), row.ends)
        begins = some_day + timedelta(minutes=((end - some_day) // timedelta(minutes=1) - row.break_minutes) // 2)
        breaks = ((begins.time(), (begins + timedelta(minutes=row.break_minutes)).time()),)
    return WorkingHours(frozenset({row.weekday}), row.starts, row.ends, breaks)
