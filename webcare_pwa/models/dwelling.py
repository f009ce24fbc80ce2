"""Complexes, dwellings and the contacts that go with them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webcare_pwa.db import Base
from webcare_pwa.rules.contact_details import street_key


class Complex(Base):
    """A building or group of homes, with what somebody at the door must know."""

    __tablename__ = "complexes"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    district: Mapped[str] = mapped_column(String(80), default="")
    access: Mapped[str] = mapped_column(default="")
    keys: Mapped[str] = mapped_column(default="")
    main_tap: Mapped[str] = mapped_column(default="")
    meter_cupboard: Mapped[str] = mapped_column(default="")


def _street_key(context: DefaultExecutionContext) -> str:
    return street_key(context.get_current_parameters()["street"])  # type: ignore[no-untyped-call]


class Dwelling(Base):
    """A home (VHE). `postcode` is stored as 1234AB, `suffix` in upper case ("A", "2", "BIS")."""

    __tablename__ = "dwellings"
    __table_args__ = (
        Index("ix_dwellings_address", "organisation_id", "postcode", "house_number"),
        Index("ix_dwellings_street", "organisation_id", "street_key", "house_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    complex_id: Mapped[int | None] = mapped_column(ForeignKey("complexes.id"), index=True)
    postcode: Mapped[str] = mapped_column(String(6))
    house_number: Mapped[int]
    suffix: Mapped[str] = mapped_column(String(10), default="")
    street: Mapped[str] = mapped_column(String(120))
    street_key: Mapped[str] = mapped_column(String(120), default=_street_key)  # what it is searched by; filled by itself
    city: Mapped[str] = mapped_column(String(80))

    complex: Mapped[Complex | None] = relationship(lazy="joined")

    @property
    def address(self) -> str:
        """Street and number, as on the door."""
        return f"{self.street} {self.house_number}{'-' + self.suffix if self.suffix else ''}"


class Contact(Base):
    """Whom to call: for one category group (or all) and one complex (or the whole organisation), in `position` order."""

    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    complex_id: Mapped[int | None] = mapped_column(ForeignKey("complexes.id"))
    group: Mapped[str] = mapped_column("category_group", String(20), default="")  # "" = every group
    company: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(30))
    hours: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(default=0)
