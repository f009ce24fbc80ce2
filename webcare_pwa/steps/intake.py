"""Storing what comes in, before anything else happens to it. Nothing is judged here and nothing is refused for its content."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from webcare_pwa import logs
from webcare_pwa.models.report import Message, Photo, Report
from webcare_pwa.ports import Inbound, InboundPhoto


def receive(session: Session, inbound: Inbound, *, now: datetime) -> Report:
    """Store a report. The same external id again is the same report; with another text it is an addition to it."""
    stored = _store(session, inbound, now)
    if stored is not None:
        return stored
    known = _known(session, inbound)
    _repeat(session, known, inbound, now)
    return known


def _known(session: Session, inbound: Inbound) -> Report:
    return session.scalars(
        select(Report)
        .where(Report.organisation_id == inbound.organisation_id, Report.channel == inbound.channel,
               Report.external_id == inbound.external_id)
        .options(selectinload(Report.messages))
    ).one()


def _store(session: Session, inbound: Inbound, now: datetime) -> Report | None:
    """The new report, or None when it is known: one statement decides, also between two that come at the same moment."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    report = session.scalars(
        insert(Report)
        .values(
            organisation_id=inbound.organisation_id, channel=inbound.channel, external_id=inbound.external_id,
            received_at=now, taken_by_id=inbound.taken_by_id, over_rate=inbound.over_rate,
        )
        .on_conflict_do_nothing(index_elements=["organisation_id", "channel", "external_id"])
        .returning(Report)
    ).one_or_none()
    if report is None:
        return None
    message = _message("report", inbound.external_id, inbound.raw, inbound.text, inbound.facts, inbound.photos, now)
    message.report_id = report.id
    session.add(message)
    session.flush()
    logs.hop("report.stored", report_id=report.id, channel=report.channel, organisation_id=report.organisation_id)
    return report


def add(
    session: Session, report_id: int, *, external_id: str, raw: str, text: str, facts: Mapping[str, Any],
    photos: tuple[InboundPhoto, ...] = (), now: datetime,
) -> Message:
    """Store something the tenant told later. The same external id again is the same message."""
    query = select(Message).where(Message.report_id == report_id, Message.external_id == external_id)
    known = session.scalars(query).one_or_none()
    if known is not None:
        return known
    message = _message("addition", external_id, raw, text, facts, photos, now)
    message.report_id = report_id
    try:
        with session.begin_nested():
            session.add(message)
    except IntegrityError:  # a double tap: the other one was first
        return session.scalars(query).one()
    logs.hop("message.stored", report_id=report_id, message_id=message.id)
    return message


def _repeat(session: Session, report: Report, inbound: Inbound, now: datetime) -> None:
    """The same again is nothing new. Other facts with the same text are: a telephone number filled in after the back button."""
    texts = {message.text for message in report.messages}
    same_facts = (each for each in report.messages if each.facts == inbound.facts and each.text in (inbound.text, ""))
    if inbound.text in texts and any(same_facts):
        return
    external_id = f"{inbound.external_id}#{len(report.messages) + 1}"
    add(session, report.id, external_id=external_id[-200:], raw=inbound.raw,
        text="" if inbound.text in texts else inbound.text, facts=inbound.facts, photos=inbound.photos, now=now)


def _message(
    kind: str, external_id: str, raw: str, text: str, facts: Mapping[str, Any], photos: tuple[InboundPhoto, ...],
    now: datetime,
) -> Message:
    return Message(
        external_id=external_id, received_at=now, kind=kind, raw=raw, text=text, facts=dict(facts),
        photos=[Photo(jpeg=photo.jpeg, width=photo.width, height=photo.height) for photo in photos],
    )
