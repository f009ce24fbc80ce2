"""Writing down when somebody works and what the law asks of him: what was there before is replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import delete
from sqlalchemy.orm import Session

from webcare_pwa.errors import Invalid
from webcare_pwa.models import audit
from webcare_pwa.models.working import LawFact, WorkDay

DAY = 24 * 60


@dataclass(frozen=True)
class Hours:
    """The hours of a weekday; an end that is not later than the start is on the next day."""

    starts: time
    ends: time
    break_minutes: int

    @property
    def minutes(self) -> int:
        """How long it lasts, break included."""
        return ((self.ends.hour - self.starts.hour) * 60 + self.ends.minute - self.starts.minute - 1) % DAY + 1


def write_down(
    session: Session,
    person_id: int,
    week: Mapping[int, Hours],
    *,
    adult_on: date | None,
    exempt: bool,
    employed: bool,
    by: int,
    now: datetime,
) -> None:
    """`week` by weekday; empty: his hours are not known. Raises `Invalid` with the fields break-0 to break-6."""
    wrong = {
        f"break-{day}": "De pauze moet korter zijn dan de werktijd."
        for day, hours in week.items()
        if not 0 <= hours.break_minutes < hours.minutes
    }
    if wrong:
        raise Invalid("De werktijden zijn niet bewaard. Kijk de velden na.", wrong)
    session.execute(delete(WorkDay).where(WorkDay.person_id == person_id))
    session.execute(delete(LawFact).where(LawFact.person_id == person_id))
    session.add_all(
        WorkDay(person_id=person_id, weekday=day, starts=hours.starts, ends=hours.ends, break_minutes=hours.break_minutes)
        for day, hours in week.items()
    )
    session.add(LawFact(person_id=person_id, adult_on=adult_on, exempt=exempt, employed=employed))
    session.flush()
    audit.record(session, "person.working_hours", "person", person_id, now=now, by=by, days=sorted(week))
