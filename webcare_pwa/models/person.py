"""People who work with the app, their roles per organisation, and the one-time links that let them in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from webcare_pwa.db import Base, Utc
from webcare_pwa.rules import authority


class Person(Base):
    """Somebody who can log in. `session_version` goes up to end all sessions at once."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), unique=True)  # stored in lower case
    phone: Mapped[str] = mapped_column(String(30), default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    session_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Utc)
    disabled_at: Mapped[datetime | None] = mapped_column(Utc)

    roles: Mapped[list[Role]] = relationship(lazy="selectin", cascade="all, delete-orphan")

    @property
    def first_name(self) -> str:
        """The name colleagues and tenants see."""
        return self.name.split(" ")[0]


class Role(Base):
    """One role of one person in one organisation; the codes stand in `rules/access.py`."""

    __tablename__ = "roles"
    __table_args__ = (UniqueConstraint("person_id", "organisation_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))


class AccessLink(Base):
    """An invitation or password reset: works once, until `expires_at` (real clock). Only the SHA-256 is kept."""

    __tablename__ = "access_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(10))  # invite | reset
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(Utc)
    expires_at: Mapped[datetime] = mapped_column(Utc)
    used_at: Mapped[datetime | None] = mapped_column(Utc)


def enabled(session: Session, person_id: int) -> Person | None:
    """Somebody who may still log in."""
    return session.scalars(select(Person).where(Person.id == person_id, Person.disabled_at.is_(None))).one_or_none()


def by_email(session: Session, email: str) -> Person | None:
    """The person with this login, disabled or not."""
    return session.scalars(select(Person).where(Person.email == email.strip().lower())).one_or_none()


def working_in(session: Session, organisations: frozenset[int]) -> list[Person]:
    """Everybody with a role in one of the organisations, leavers last, by name."""
    there = select(Role.person_id).where(Role.organisation_id.in_(organisations))
    query = select(Person).where(Person.id.in_(there))
    return list(session.scalars(query.order_by(Person.disabled_at.is_not(None), Person.name, Person.id)))


def roles_of(person: Person) -> authority.Roles:
    """His roles as (organisation id, role) pairs."""
    return frozenset((role.organisation_id, role.role) for role in person.roles)
