"""Gaps speak: what hole an edit or an expiry made in the next sixty days is written down and told to the coordinators."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.models.gap import GapNotice, standing
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.rules import gaps as rules
from webcare_pwa.rules.gaps import AHEAD, ENTERS, Hole
from webcare_pwa.steps import alerting, rota


def speak(session: Session, *, now: datetime) -> int:
    """Compare the gaps of every real desk with those that are known; tell what is new. Returns how many were told."""
    offices: dict[int, list[int]] = {}
    for each in session.scalars(select(Organisation).where(~Organisation.synthetic).order_by(Organisation.id)):
        offices.setdefault(each.desk_id, []).append(each.id)
    return sum(_desk(session, desk, organisations, now) for desk, organisations in offices.items())


def summary(session: Session, desk_id: int, *, now: datetime) -> str:
    """What is wrong with the rota of the next sixty days, in one sentence; "" when nothing is. Asked of the rota itself, so
    that a screen is right in the same second."""
    holes = _holes(session, desk_id, now, now + AHEAD)
    return _sentence(session, desk_id, holes, now) if holes else ""


def _desk(session: Session, desk_id: int, organisations: list[int], now: datetime) -> int:
    until = now + AHEAD + ENTERS
    holes = _holes(session, desk_id, now, until)
    notices = standing(session, [desk_id])
    _mend(notices, holes, now, until)
    left = [each for each in notices if each.mended_at is None]
    _write(session, desk_id, left, holes, now)
    return _tell(session, desk_id, organisations, now)


def _mend(notices: list[GapNotice], holes: list[Hole], now: datetime, until: datetime) -> None:
    """What is no longer there is done with; of what is there in part, only that part stays known, and what lies out of view."""
    for notice in notices:
        there = [each for each in holes if each.touches(_hole(notice))]
        if not there:
            notice.mended_at = now
            continue
        first, last = min(each.starts_at for each in there), max(each.ends_at for each in there)
        if first > max(notice.starts_at, now):
            notice.starts_at = first
        if last < notice.ends_at <= until:
            notice.ends_at = last


def _write(session: Session, desk_id: int, notices: list[GapNotice], holes: list[Hole], now: datetime) -> None:
    known = [_hole(each) for each in notices]
    for part in (part for hole in holes for part in rules.uncovered(hole, known)):
        news = rules.is_news(part, known, now)
        joins = next((each for each in notices if each.ends_at == part.starts_at and _hole(each).cause == part.cause), None)
        if joins is not None and not news:
            joins.ends_at = part.ends_at  # the end of the view moves on by seconds
            continue
        row = GapNotice(
            desk_id=desk_id, person_id=part.person_id, reason=part.reason, starts_at=part.starts_at, ends_at=part.ends_at,
            found_at=now, told_at=None if news else now,
        )
        session.add(row)
        notices.append(row)
        known.append(part)
    session.flush()


def _tell(session: Session, desk_id: int, organisations: list[int], now: datetime) -> int:
    waiting = [each for each in standing(session, [desk_id]) if each.told_at is None]
    due = [each for each in waiting if rules.may_tell(each.starts_at, now)]
    if not due:
        return 0
    note = _sentence(session, desk_id, [_hole(each) for each in due], now)
    for organisation_id in organisations:  # who coordinates several of them is told once
        alerting.alarm(session, organisation_id, note, key=f"gap:{due[0].id}-{due[-1].id}", now=now)
    for each in due:
        each.told_at = now
    logs.hop("gaps.told", desk_id=desk_id, gaps=len(due))
    return len(due)


def _sentence(session: Session, desk_id: int, holes: list[Hole], now: datetime) -> str:
    open_from = rota.planned_until(session, desk_id, now, now + AHEAD + ENTERS)
    return rules.sentence(holes, open_from=open_from)


def _holes(session: Session, desk_id: int, now: datetime, until: datetime) -> list[Hole]:
    found = rota.gaps(session, desk_id, now, until)
    return [Hole(each.starts_at, each.ends_at, each.reason, each.person_id) for each in found]


def _hole(notice: GapNotice) -> Hole:
    return Hole(notice.starts_at, notice.ends_at, notice.reason, notice.person_id)
