"""Calendar feeds: made, made anew, revoked, and what a feed says. Reading one changes nothing."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa import links
from webcare_pwa.errors import NotFound
from webcare_pwa.labels import WORDS
from webcare_pwa.models import audit
from webcare_pwa.models import plan as plans
from webcare_pwa.models.calendar_feed import CalendarFeed, feed_by_hash, live_feeds, rota_revision
from webcare_pwa.models.desk_names import desk_names
from webcare_pwa.models.person import Person, enabled
from webcare_pwa.models.rota import Line
from webcare_pwa.rules import feed as rules
from webcare_pwa.rules.feed import FeedLine
from webcare_pwa.rules.ical import Event, stream
from webcare_pwa.rules.wall_time import wall
from webcare_pwa.steps.calendar import AROUND


def make(
    session: Session, person_id: int, desk_id: int | None, *, organisations: frozenset[int], now: datetime
) -> tuple[CalendarFeed, str]:
    """A new link to one's own shifts or to a desk one may see; the one before stops. Returns the row and the secret, which is
    not stored. Raises `NotFound`."""
    if desk_id is not None and desk_id not in desk_names(session, organisations):
        raise NotFound()
    for feed in live_feeds(session, person_id):
        if feed.desk_id == desk_id:
            _end(session, feed, now)
    secret = links.new_token()
    made = CalendarFeed(person_id=person_id, desk_id=desk_id, token_hash=links.digest(secret), created_at=now)
    session.add(made)
    session.flush()
    audit.record(session, "feed.made", "calendar_feed", made.id, now=now, by=person_id)
    return made, secret


def revoke(session: Session, feed_id: int, *, by: int, now: datetime) -> None:
    """From now on the link opens nothing; only its owner may. Revoking twice is harmless. Raises `NotFound`."""
    feed = session.get(CalendarFeed, feed_id)
    if feed is None or feed.person_id != by:
        raise NotFound()
    if feed.revoked_at is None:
        _end(session, feed, now)


def read(session: Session, secret: str, *, base_url: str, now: datetime) -> str:
    """What a link tells. Raises `NotFound` when it was not given out, was revoked, or its owner may no longer see it."""
    feed = feed_by_hash(session, links.digest(secret))
    person = enabled(session, feed.person_id) if feed else None
    if feed is None or person is None:
        raise NotFound()
    desks = desk_names(session, frozenset(role.organisation_id for role in person.roles))
    if feed.desk_id is not None and feed.desk_id not in desks:
        raise NotFound()
    host = urlsplit(base_url).hostname or "localhost"
    revision = rota_revision(session, feed.created_at)
    if feed.desk_id is not None:
        name = WORDS["feed"]["desk"].format(desk=desks[feed.desk_id])
        return stream(name, _desk(session, feed.desk_id, host, now), revision)
    own = [event for desk_id, desk in desks.items() for event in _own(session, desk_id, desk, person, host, now)]
    return stream(WORDS["feed"]["own"], own, revision)


def _desk(session: Session, desk_id: int, host: str, now: datetime) -> list[Event]:
    between = rules.window(wall(now).date())
    plan = plans.rota_plan(session, desk_id, (between[0] - AROUND, between[1] + AROUND))
    names = plans.names_of(session, plan.allowed or ())
    return list(rules.desk_events(plan, _lines(session, desk_id), names, between, host))


def _own(session: Session, desk_id: int, desk: str, person: Person, host: str, now: datetime) -> list[Event]:
    between = rules.window(wall(now).date())
    plan = plans.rota_plan(session, desk_id, (between[0] - AROUND, between[1] + AROUND))
    return list(rules.own_events(plan, _lines(session, desk_id), person.id, between, host, desk))


def _lines(session: Session, desk_id: int) -> dict[str, FeedLine]:
    query = select(Line.id, Line.code, Line.name).where(Line.desk_id == desk_id).order_by(Line.position, Line.id)
    rows = session.execute(query).all()
    return {row.code: FeedLine(row.id, row.name or WORDS["line"].get(row.code, row.code)) for row in rows}


def _end(session: Session, feed: CalendarFeed, now: datetime) -> None:
    feed.revoked_at = now
    audit.record(session, "feed.revoked", "calendar_feed", feed.id, now=now, by=feed.person_id)
