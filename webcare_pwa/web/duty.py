"""What "Nu" says about the duty: who has it until when, whether they can be woken, and holes in the coming day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.models import plan as plans
from webcare_pwa.models.bedside import silent_since
from webcare_pwa.models.live_contacts import reachable, with_proven_contact
from webcare_pwa.models.live_devices import wakeable
from webcare_pwa.models.person import Person
from webcare_pwa.models.proof import proofs
from webcare_pwa.models.rehearsal import Answered
from webcare_pwa.models.rota import Desk
from webcare_pwa.rules import hours
from webcare_pwa.rules.escalation import BACKUP, DAY_LINE, FIRST_LINE
from webcare_pwa.rules.rota import Shift, shift_at, shifts_between
from webcare_pwa.rules.rota_plan import ALWAYS, FOREVER
from webcare_pwa.steps import rota
from webcare_pwa.steps.push_only import push_only
from webcare_pwa.steps.standing import rehearsed, standing
from webcare_pwa.web.scale import Scale, scale

SHOWN_LINES = (FIRST_LINE, BACKUP, DAY_LINE)
GAPS_AHEAD = timedelta(hours=24)
LOOK_AHEAD = timedelta(days=28)
PROOF_FADES = timedelta(hours=24)  # an older proof says little about tonight


@dataclass(frozen=True)
class Post:
    """A line and who has it now. `ends_at` None: without end. `proven_at`: when a waking phone of his last showed a page."""

    line: str
    person: Person | None
    ends_at: datetime | None
    wakeable: bool
    by_contact: bool  # only by a proven contact: no live device of his can wake him
    proven_at: datetime | None
    is_fresh: bool
    next_person: Person | None
    silent_since: datetime | None  # his phone beside the bed stopped its heartbeats: unproven, whatever it showed before
    rehearsal: Answered | None  # of the shift that runs or is about to begin; None: none went out


@dataclass(frozen=True)
class Duty:
    """One desk, now. `mine` is the line the viewer stands on, `next_shift` his first shift to come."""

    desk: Desk
    posts: tuple[Post, ...]
    mine: Post | None
    scale: Scale | None
    next_shift: Shift | None
    office_changes_at: datetime | None
    is_duty_time: bool
    gaps: tuple[rota.Gap, ...]
    push_only: tuple[str, ...]  # lines on which nobody, now or next, has a contact beside push
    swapped: bool  # the backup is called first, as the first line did not confirm
    to_confirm: Answered | None  # the viewer's own rehearsal, while it waits for him

    def post(self, line: str) -> Post | None:
        """Who has that line."""
        return next((each for each in self.posts if each.line == line), None)


def duties(session: Session, organisations: frozenset[int], person_id: int, now: datetime) -> list[Duty]:
    """Every desk that serves one of the organisations, seen by one person."""
    return [_duty(session, desk, person_id, now) for desk in plans.desks_for(session, organisations)]


def _duty(session: Session, desk: Desk, person_id: int, now: datetime) -> Duty:
    plan = plans.rota_plan(session, desk.id)
    codes = {line.code for line in desk.lines}
    shifts = {line: shift_at(plan, line, now) for line in SHOWN_LINES if line in codes}
    upcoming = {line: shifts_between(plan, line, now, now + LOOK_AHEAD) for line in shifts}
    people = {shift.person_id for shift in shifts.values() if shift.person_id} | {person_id}
    asked = rehearsed(session, desk.id, people, now)
    posts = tuple(_post(session, shifts[line], ahead, now, asked) for line, ahead in upcoming.items() if _is_used(ahead))
    mine = next((each for each in posts if each.person and each.person.id == person_id), None)
    shown = shifts[mine.line] if mine else shifts.get(FIRST_LINE)
    coming = [
        each for ahead in upcoming.values() for each in ahead if each.person_id == person_id and each.starts_at > now
    ]
    offices = plans.hours_of_desk(session, desk.id)
    changes = [change for each in offices if (change := hours.next_change(each, now))]
    return Duty(
        desk=desk, posts=posts, mine=mine, scale=_scale(shown, now),
        next_shift=min(coming, key=lambda each: each.starts_at, default=None),
        office_changes_at=min(changes, default=None), is_duty_time=rota.desk_is_on_duty(session, desk.id, now),
        gaps=tuple(rota.gaps(session, desk.id, now, now + GAPS_AHEAD)),
        push_only=tuple(push_only(session, desk.id, now)), swapped=standing(session, desk.id, now).swapped,
        to_confirm=next((each for each in asked.values() if each.row.person_id == person_id and not each.proven_at), None),
    )


def _is_used(shifts: list[Shift]) -> bool:
    """A line that nobody ever has (such as a day line that is not used) is not shown; a first line always is."""
    return bool(shifts) and (shifts[0].line == FIRST_LINE or any(each.person_id for each in shifts))


def _post(session: Session, shift: Shift, upcoming: list[Shift], now: datetime, asked: dict[int, Answered]) -> Post:
    person = session.get(Person, shift.person_id) if shift.person_id else None
    proven = [
        each.proven_at for each in proofs(session, person.id) if each.device.waking and each.proven_at
    ] if person else []
    proven_at = max(proven, default=None)
    silent = silent_since(session, [person.id], now).get(person.id) if person else None
    following = next((each.person_id for each in upcoming if each.starts_at > now), None)
    return Post(
        line=shift.line, person=person, ends_at=None if shift.ends_at == FOREVER else shift.ends_at,
        wakeable=bool(person and reachable(session, [person.id])),
        by_contact=bool(person and person.id in with_proven_contact(session, [person.id]) - wakeable(session, [person.id])),
        proven_at=proven_at,
        is_fresh=bool(proven_at and now - proven_at <= PROOF_FADES) and silent is None,
        next_person=session.get(Person, following) if following else None,
        silent_since=silent,
        rehearsal=asked.get(person.id) if person else None,
    )


def _scale(shift: Shift | None, now: datetime) -> Scale | None:
    if shift is None or shift.person_id is None or shift.starts_at == ALWAYS or shift.ends_at == FOREVER:
        return None
    return scale(shift.starts_at, shift.ends_at, now)
