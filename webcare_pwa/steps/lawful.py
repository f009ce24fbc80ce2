"""Changing the rota with the law in view: what a change breaks is said at once, and an error needs a reason to go on.

A real call-out never comes here: nothing stands in its way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from webcare_pwa.errors import Invalid
from webcare_pwa.labels import WORDS
from webcare_pwa.models import audit
from webcare_pwa.models import plan as plans
from webcare_pwa.models.rota import Override, Rotation
from webcare_pwa.rules.escalation import DAY_LINE
from webcare_pwa.rules.law.breach import ERROR, SEVERITIES, Breach
from webcare_pwa.rules.law.person import Span
from webcare_pwa.rules.law.small import TooSmall
from webcare_pwa.rules.law.team import too_small
from webcare_pwa.rules.law.wording import small_team
from webcare_pwa.rules.wall_time import instant
from webcare_pwa.steps import lawfulness, planning, rotation

T = TypeVar("T")
AHEAD = timedelta(weeks=13)  # so far from its first hand-off a rotation is held against the law
SHOWN = timedelta(weeks=4)
REASONS = frozenset(WORDS["law_reason"])


class Unlawful(Invalid):
    """The change breaks the law and no reason was given. `told`: name and breach; `team`: what the pattern itself breaks."""

    def __init__(self, told: Sequence[tuple[str, Breach]], team: TooSmall | None) -> None:
        super().__init__(WORDS["law_change"]["stop"])
        self.told = told
        self.team = small_team(team) if team else ""
        self.reasons = WORDS["law_reason"]


def coming(session: Session, desk_id: int, *, now: datetime) -> list[tuple[str, Breach]]:
    """What the rota of the coming four weeks breaks, for everybody who may stand on the desk: name and breach, worst first."""
    start = now.replace(second=0, microsecond=0)
    people = plans.people_allowed(session, desk_id)
    found = lawfulness.breaches(session, people, Span(start, start + SHOWN), now=now)
    names = plans.names_of(session, people)
    told = [(names[person_id], breach) for person_id, broken in found.items() for breach in broken]
    return sorted(told, key=lambda each: (-SEVERITIES.index(each[1].severity), each[1].first_at, each[0]))


def move_shift(
    session: Session, line_id: int, person_id: int, starts_at: datetime, ends_at: datetime, *, reason: str, by: int,
    now: datetime,
) -> Override:  # fmt: skip
    """`planning.move_shift`; raises `Unlawful` when it breaks a rule for the person and `reason` is no code of `REASONS`."""

    def change() -> Override:
        return planning.move_shift(session, line_id, person_id, starts_at, ends_at, by=by, now=now)

    begins = max(starts_at, now.replace(second=0, microsecond=0))
    if planning.stretch_mistakes(begins, ends_at, now):
        return change()  # which says what is wrong
    moved, broken = _broken_by(session, {person_id}, Span(begins, ends_at), change, now)
    allow(session, broken, None, ("line", line_id), reason=reason, by=by, now=now)
    return moved


def edit_rotation(
    session: Session,
    line_id: int,
    *,
    members: Sequence[int],
    starts_on: date,
    handoff: time,
    weeks: int,
    reason: str,
    by: int,
    now: datetime,
) -> Rotation | None:
    """`rotation.edit_rotation`; raises `Unlawful` as above, also when so few people cannot keep the pattern at all."""

    def change() -> Rotation | None:
        return rotation.edit_rotation(
            session, line_id, members=members, starts_on=starts_on, handoff=handoff, weeks=weeks, by=by, now=now
        )

    line = plans.line_of(session, line_id)
    if not members or line.code == DAY_LINE or rotation.mistakes(session, line, members, starts_on, handoff, weeks, now):
        return change()
    first = max(instant(starts_on, handoff), now.replace(second=0, microsecond=0))
    made, broken = _broken_by(session, set(members), Span(first, first + AHEAD), change, now)
    offices = plans.hours_of_desk(session, line.desk_id)
    each_once = len(set(members)) == len(members)
    team = too_small(len(members), starts_on, handoff, weeks, offices, lawfulness.NORMS) if each_once else None
    allow(session, broken, team, ("line", line_id), reason=reason, by=by, now=now)
    return made


def _broken_by(
    session: Session, people: Collection[int], period: Span, change: Callable[[], T], now: datetime
) -> tuple[T, list[tuple[int, Breach]]]:
    """What the change gave, and what it broke, by person."""
    before = lawfulness.breaches(session, people, period, now=now)
    made = change()
    session.flush()
    after = lawfulness.breaches(session, people, period, now=now)
    return made, [(each, breach) for each in sorted(people) for breach in lawfulness.fresh(before[each], after[each])]


def allow(
    session: Session, broken: Sequence[tuple[int, Breach]], team: TooSmall | None, subject: tuple[str, int], *, reason: str,
    by: int, now: datetime,
) -> None:  # fmt: skip
    """Go on when nothing is an error or a reason was given, which is then logged for each; else `Unlawful`. `subject`: what was
    changed, for the audit."""
    if team is None and not any(breach.severity == ERROR for _, breach in broken):
        return
    if reason not in REASONS:
        names = plans.names_of(session, {person_id for person_id, _ in broken})
        raise Unlawful([(names[person_id], breach) for person_id, breach in broken], team)
    for person_id, breach in broken:
        audit.record(
            session, "rota.unlawful", *subject, now=now, by=by, reason=reason, person=person_id, rule=breach.rule,
            severity=breach.severity, starts_at=breach.starts_at.isoformat(), ends_at=breach.ends_at.isoformat(),
            measured=breach.measured, allowed=breach.allowed,
        )  # fmt: skip
    if team is not None:
        audit.record(
            session, "rota.team_too_small", *subject, now=now, by=by, reason=reason, rule=team.rule, needed=team.needed
        )
