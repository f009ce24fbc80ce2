"""Organisations (woningcorporaties) and what belongs to one: office hours and API tokens."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, time

from sqlalchemy import ForeignKey, String, UniqueConstraint, false, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from webcare_pwa.db import Base, Utc
from webcare_pwa.errors import NotFound
from webcare_pwa.rules import contact_details
from webcare_pwa.rules.hours import Hours


class Organisation(Base):
    """A housing corporation. `emergency_number` is its 24-hour number; no organisation may be without one."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"), index=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    emergency_number: Mapped[str] = mapped_column(String(30))
    channels_note: Mapped[str] = mapped_column(default="")
    synthetic: Mapped[bool] = mapped_column(default=False, server_default=false())  # the self-test's own; in no figure
    created_at: Mapped[datetime] = mapped_column(Utc)

    office_hours: Mapped[list[OfficeHours]] = relationship(order_by="OfficeHours.weekday", lazy="selectin")

    @property
    def hours(self) -> Hours:
        """Its office hours per weekday."""
        return {each.weekday: (each.opens, each.closes) for each in self.office_hours}


class OfficeHours(Base):
    """One weekday's opening, local wall time, half-open. No row: closed that day. Public holidays are always closed."""

    __tablename__ = "office_hours"
    __table_args__ = (UniqueConstraint("organisation_id", "weekday"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    weekday: Mapped[int]  # 0 = Monday
    opens: Mapped[time]
    closes: Mapped[time]


class ApiToken(Base):
    """A bearer token for the HTTP API of one organisation. Only its SHA-256 is kept."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Utc)
    revoked_at: Mapped[datetime | None] = mapped_column(Utc)


def tokens_of(session: Session, organisations: frozenset[int]) -> list[ApiToken]:
    """Their API tokens, those in use first, newest first."""
    query = select(ApiToken).where(ApiToken.organisation_id.in_(organisations))
    return list(session.scalars(query.order_by(ApiToken.revoked_at.is_not(None), ApiToken.id.desc())))


def without_number(session: Session) -> list[str]:
    """Slugs of organisations whose 24-hour number is missing or is no telephone number; nothing may start then."""
    query = select(Organisation.slug, Organisation.emergency_number).order_by(Organisation.slug)
    return [slug for slug, number in session.execute(query) if not contact_details.phone(number)]


def by_slug(session: Session, slug: str) -> Organisation:
    """The organisation with that name in public addresses. Raises `NotFound`."""
    query = select(Organisation).where(Organisation.slug == slug, Organisation.synthetic.is_(False))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound()
    return found


def every(session: Session) -> list[Organisation]:
    """All real organisations, by name."""
    return list(session.scalars(select(Organisation).where(Organisation.synthetic.is_(False)).order_by(Organisation.name)))


def some(session: Session, ids: Iterable[int]) -> list[Organisation]:
    """The organisations with these ids, by name."""
    return list(session.scalars(select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.name)))


def names(session: Session, ids: Collection[int]) -> str:
    """Their names in one phrase, as a letter says it."""
    return " en ".join(session.scalars(select(Organisation.name).where(Organisation.id.in_(ids)).order_by(Organisation.name)))
