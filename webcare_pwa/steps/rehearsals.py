"""A shift starts proven: the rehearsal page, its repeat, the evening question about sound, and the tap that answers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.errors import NotFound
from webcare_pwa.labels import WORDS
from webcare_pwa.models import plan as plans
from webcare_pwa.models import rehearsal as rows
from webcare_pwa.models.alert import Alert
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.rehearsal import Answered, Confirmation, Rehearsal
from webcare_pwa.models.rota import Desk, Line
from webcare_pwa.rules import hours as office
from webcare_pwa.rules import rehearsal as rules
from webcare_pwa.rules.rehearsal import Done, Turn
from webcare_pwa.rules.rehearsal_wording import shift_sentence
from webcare_pwa.rules.wall_time import wall
from webcare_pwa.steps import alerting
from webcare_pwa.steps.reach import Reach

CONFIRMABLE = frozenset({"rehearsal", "sound"})


@dataclass(frozen=True)
class _Desk:
    id: int
    lines: dict[str, int]


def rehearse(session: Session, *, now: datetime) -> int:
    """Send what is due before the shifts of every desk, and tell the coordinators who did not confirm. Returns how many
    pages were written; nothing is done twice."""
    reach = Reach(session, now)
    written = 0
    for desk in _desks(session):
        start = now - rules.LATE - timedelta(seconds=1)
        turns = rules.to_rehearse(_turns(session, desk.id, start, now + rules.AHEAD), start)
        asked = rows.of_people(session, {turn.person_id for turn in turns}, start - timedelta(days=1), now + rules.AHEAD)
        for turn in turns:
            mine = [each for each in asked if _is_for(each.row, turn)]
            number = rules.page_due(turn.starts_at, now, _done(mine))
            if number is not None:
                _page(session, reach, desk, turn, number)
                written += 1
            if rules.must_tell(turn.starts_at, now, _done(mine)):
                _tell(session, desk, turn, mine[0].row, now)
    return written


def ask_about_sound(session: Session, *, now: datetime) -> int:
    """In the evening: does the phone of everybody who has duty this night make a sound? Once a night and person."""
    evening = rules.night_of(now)
    if evening is None:
        return 0
    asked_at, (start, end) = evening
    reach = Reach(session, now)
    written = 0
    for desk in _desks(session):
        on_duty = {turn.person_id: turn for turn in reversed(_turns(session, desk.id, start, end))}
        known = rows.of_people(session, on_duty, asked_at - timedelta(seconds=1), asked_at)
        done = {each.row.person_id for each in known if each.row.number == rules.SOUND}
        for turn in (each for person, each in sorted(on_duty.items()) if person not in done):
            _write(session, reach, desk, turn, rules.SOUND, asked_at, "")
            written += 1
    return written


def confirm(session: Session, alert_id: int, *, device_id: int | None, now: datetime) -> Confirmation:
    """The tap on that page; a second one changes nothing."""
    known = session.scalars(select(Confirmation).where(Confirmation.alert_id == alert_id)).one_or_none()
    if known is not None:
        return known
    row = Confirmation(alert_id=alert_id, device_id=device_id, at=now)
    session.add(row)
    session.flush()
    logs.hop("rehearsal.confirmed", alert_id=alert_id, device_id=device_id)
    return row


def confirm_own(session: Session, alert_id: int, *, by: int, device_id: int, now: datetime) -> Confirmation:
    """The same from a screen of the app, on that device. Raises `NotFound` when it is not his rehearsal."""
    alert = session.get(Alert, alert_id)
    if alert is None or alert.person_id != by or alert.kind not in CONFIRMABLE:
        raise NotFound()
    return confirm(session, alert_id, device_id=device_id, now=now)


def is_answered(session: Session, alert_id: int) -> bool:
    """Need the page of that rehearsal nobody any more?"""
    return any(each.proven_at for each in rows.of_alerts(session, [alert_id]))


def _desks(session: Session) -> list[_Desk]:
    lines: dict[int, dict[str, int]] = {}
    for row in session.execute(select(Line.desk_id, Line.code, Line.id).join(Desk, Desk.id == Line.desk_id)):
        lines.setdefault(row.desk_id, {})[row.code] = row.id
    return [_Desk(desk_id, lines[desk_id]) for desk_id in sorted(lines)]


def _turns(session: Session, desk_id: int, start: datetime, end: datetime) -> list[Turn]:
    duty = office.duty_between(plans.hours_of_desk(session, desk_id), start, end)
    return rules.turns(plans.rota_plan(session, desk_id, (start, end)), duty, start, end)


def _is_for(row: Rehearsal, turn: Turn) -> bool:
    same_day = rules.day_of(row.shift_starts_at) == rules.day_of(turn.starts_at)
    return row.person_id == turn.person_id and row.number != rules.SOUND and same_day


def _done(mine: Sequence[Answered]) -> Done:
    """What was done for a person and day, from its rows, oldest first. Whatever proves the first proves the day."""
    firsts = [each for each in mine if each.row.number == rules.FIRST]
    return Done(
        first_at=min((each.row.at for each in firsts), default=None),
        repeated=any(each.row.number == rules.SECOND for each in mine),
        confirmed=any(each.proven_at for each in mine),
    )


def _page(session: Session, reach: Reach, desk: _Desk, turn: Turn, number: int) -> None:
    _write(session, reach, desk, turn, number, turn.starts_at, shift_sentence(turn.starts_at, reach.now))


def _write(
    session: Session, reach: Reach, desk: _Desk, turn: Turn, number: int, starts_at: datetime, note: str
) -> None:
    """One page to all devices of the person, and the row that says it went out; also when he has no device at all."""
    kind = "sound" if number == rules.SOUND else "rehearsal"
    line = desk.lines[turn.line]
    key = f"{kind}:{line}:{starts_at:%Y-%m-%dT%H:%M}:{number}"
    for alert in alerting.call(session, reach, [turn.person_id], kind=kind, key=key, note=note):
        session.add(Rehearsal(
            line_id=line, person_id=turn.person_id, shift_starts_at=starts_at, number=number, alert_id=alert.id, at=reach.now,
        ))
    session.flush()


def _tell(session: Session, desk: _Desk, turn: Turn, row: Rehearsal, now: datetime) -> None:
    key = f"rehearsal:{row.id}"
    if session.scalar(select(Alert.id).where(Alert.key.startswith(f"alarm:{key}:")).limit(1)) is not None:
        return
    note = WORDS["rehearsal"]["unconfirmed"].format(line=WORDS["line"][turn.line], time=f"{wall(turn.starts_at):%H:%M}")
    for organisation in session.scalars(select(Organisation.id).where(Organisation.desk_id == desk.id)):
        alerting.alarm(session, organisation, note, key=key, now=now)
