"""Publishing a rota: a version for people to see, worked out to stretches in UTC. And keeping those up with every later change,
so that they say what the rota says; what lies in the past is not written again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webcare_pwa.models import audit
from webcare_pwa.models import plan as plans
from webcare_pwa.models.publication import Publication, PublicationReading, PublishedRota, PublishedShift, stamp
from webcare_pwa.models.rota import Line
from webcare_pwa.rules.rota import Shift, shifts_between
from webcare_pwa.rules.rota_changes import Change, Held, changes
from webcare_pwa.rules.wall_time import instant, wall
from webcare_pwa.steps.rota_export import written

AHEAD = timedelta(days=28)  # people must know their shifts so long before; ATW 4:2
LONGEST = 400  # days that can be published at once


def publish(session: Session, desk_id: int, *, days: int, by: int, now: datetime) -> Publication:
    """Publish from now until the end of the day so many days ahead; an earlier publication that reached further gives way."""
    if not 1 <= days <= LONGEST:
        raise ValueError(f"a rota is published for 1 to {LONGEST} days")
    starts_at, ends_at = _minute(now), instant(wall(now).date() + timedelta(days=days + 1), time())
    newest = session.scalar(select(func.max(Publication.number)).where(Publication.desk_id == desk_id)) or 0
    made = Publication(
        desk_id=desk_id, number=newest + 1, starts_at=starts_at, ends_at=ends_at, document=written(session, desk_id),
        published_by_id=by, published_at=now,
    )  # fmt: skip
    session.add(made)
    rota = session.get(PublishedRota, desk_id)
    if rota is None:
        rota = PublishedRota(desk_id=desk_id, stamp="", starts_at=starts_at, ends_at=ends_at)
        session.add(rota)
    rota.ends_at = ends_at
    session.flush()
    work_out(session, rota, now)
    audit.record(session, "rota.published", "publication", made.id, now=now, by=by, number=made.number, days=days)
    return made


def keep_up(session: Session, *, now: datetime) -> dict[int, list[Change]]:
    """Work out anew what a change has overtaken; per desk who gains and loses what from now on."""
    current = stamp(session)
    found = {}
    stale = select(PublishedRota).where(PublishedRota.stamp != current, PublishedRota.ends_at > now)
    for rota in session.scalars(stale.with_for_update()).all():  # of two workers the second finds nothing to do
        if told := work_out(session, rota, now):
            found[rota.desk_id] = told
    return found


def work_out(session: Session, rota: PublishedRota, now: datetime) -> list[Change]:
    """Write the stretches of a desk anew from this minute on."""
    cut = _minute(now)
    rota.stamp = stamp(session)
    plan = plans.rota_plan(session, rota.desk_id, (cut, rota.ends_at))
    lines = {line.id: line.code for line in session.scalars(select(Line).where(Line.desk_id == rota.desk_id))}
    coming = select(PublishedShift).where(PublishedShift.line_id.in_(lines), PublishedShift.ends_at > cut)
    rows = session.scalars(coming.order_by(PublishedShift.starts_at)).all()
    before = [
        Held(lines[row.line_id], row.person_id, max(row.starts_at, cut), row.ends_at)
        for row in rows
        if row.person_id is not None
    ]
    after: list[Held] = []
    session.execute(delete(PublishedShift).where(PublishedShift.id.in_([row.id for row in rows if row.starts_at >= cut])))
    for line_id, line in lines.items():
        shifts = [each for each in shifts_between(plan, line, cut, rota.ends_at) if each.planned_id is not None]
        after += [Held(line, each.person_id, each.starts_at, each.ends_at) for each in shifts if each.person_id is not None]
        running = next((row for row in rows if row.line_id == line_id and row.starts_at < cut), None)
        session.add_all(_rows(line_id, _joined(running, shifts, cut)))
    session.flush()
    return changes(before, after)


def published_until(session: Session, desk_id: int) -> datetime | None:
    """Up to when the rota is published; None when it is not."""
    return session.scalar(select(PublishedRota.ends_at).where(PublishedRota.desk_id == desk_id))


def is_late(session: Session, desk_id: int, now: datetime) -> bool:
    """Do people know their shifts less than 28 days ahead?"""
    until = published_until(session, desk_id)
    return until is None or until < now + AHEAD


def saw(session: Session, publication_id: int, person_id: int, *, now: datetime) -> None:
    """Somebody sees a version; again changes nothing."""
    seen = select(PublicationReading).where(
        PublicationReading.publication_id == publication_id, PublicationReading.person_id == person_id
    )
    if session.scalar(seen) is None:
        session.add(PublicationReading(publication_id=publication_id, person_id=person_id, at=now))
        session.flush()


def _joined(running: PublishedShift | None, shifts: list[Shift], cut: datetime) -> list[Shift]:
    """A running shift that goes on as it was is one row; else it ends now."""
    if running is None:
        return shifts
    first = shifts[0] if shifts and shifts[0].starts_at == cut else None
    if first and _content(running) == (first.person_id, first.planned_id, first.source, first.rotation, first.turn):
        running.ends_at = first.ends_at
        return shifts[1:]
    running.ends_at = cut
    return shifts


def _content(row: PublishedShift) -> tuple[object, ...]:
    return row.person_id, row.planned_id, row.source, row.rotation_id, row.turn


def _rows(line_id: int, shifts: Iterable[Shift]) -> list[PublishedShift]:
    return [
        PublishedShift(
            line_id=line_id, starts_at=each.starts_at, ends_at=each.ends_at, person_id=each.person_id,
            planned_id=each.planned_id, source=each.source, rotation_id=each.rotation, turn=each.turn,
        )
        for each in shifts
    ]  # fmt: skip


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)
