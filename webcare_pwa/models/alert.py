"""Escalations (a step was carried out), alerts (a person was called) and deliveries (a device got it, or not)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webcare_pwa.db import Base, Utc
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.models.device import Device
from webcare_pwa.models.person import Person


class Escalation(Base):
    """Step `position`, repeat `repeat` of a round was carried out. `due_at` is when it should have been; later steps count
    from it. `outcome`: paged | empty (nobody reachable; costs no time) | not_needed."""

    __tablename__ = "escalations"
    __table_args__ = (UniqueConstraint("round_id", "position", "repeat"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    position: Mapped[int]
    repeat: Mapped[int] = mapped_column(default=0)
    who: Mapped[str] = mapped_column(String(20))
    due_at: Mapped[datetime] = mapped_column(Utc)
    at: Mapped[datetime] = mapped_column(Utc)
    outcome: Mapped[str] = mapped_column(String(12))

    alerts: Mapped[list[Alert]] = relationship(lazy="raise", back_populates="escalation")


class Alert(Base):
    """A person was called. `key` makes a repeat of the same call harmless.

    `kind`: a code of WORDS["alert"]; step, addition, transfer, returned, reminder have an incident, alarm may have one;
    rehearsal and sound have a row in `rehearsals`.
    """

    __tablename__ = "alerts"
    __table_args__ = (Index("ix_alerts_incident", "incident_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"))
    escalation_id: Mapped[int | None] = mapped_column(ForeignKey("escalations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime] = mapped_column(Utc)
    note: Mapped[str] = mapped_column(String(200), default="")  # an alarm's or rehearsal's sentence, without personal data

    person: Mapped[Person] = relationship(lazy="raise")
    escalation: Mapped[Escalation | None] = relationship(lazy="raise", back_populates="alerts")
    deliveries: Mapped[list[Delivery]] = relationship(lazy="raise", back_populates="alert", order_by="Delivery.id")


class Delivery(Base):
    """One page to one device, or one message by one contact method. Claimed with a lease, sent with no transaction open,
    then settled.

    `outcome`: null (to do) | accepted | gone | refused | superseded | failed | held (unsent when a backup was put back).
    "accepted" means the service took it and proves nothing; the four receipt times are the proof: reported by the phone
    itself, or for a contact method `opened_at`, when the link was tapped, the code typed or the key pressed.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("alert_id", "device_id"),
        UniqueConstraint("alert_id", "contact_method_id"),
        CheckConstraint("(device_id is null) <> (contact_method_id is null)", name="one_address"),
        Index("ix_deliveries_waiting", "outcome", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"))
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"), index=True)
    contact_method_id: Mapped[int | None] = mapped_column(ForeignKey("contact_methods.id"), index=True)
    bundle_id: Mapped[int | None] = mapped_column(ForeignKey("deliveries.id"))  # the page that spoke for this one too
    vendor_id: Mapped[str] = mapped_column(String(64), default="", server_default="")  # the provider's own id (a call's SID)
    created_at: Mapped[datetime] = mapped_column(Utc)
    due_at: Mapped[datetime] = mapped_column(Utc)  # not before; moves on a retry
    claimed_by: Mapped[str | None] = mapped_column(String(80))
    claimed_until: Mapped[datetime | None] = mapped_column(Utc)  # real clock
    attempts: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str | None] = mapped_column(String(12))
    outcome_at: Mapped[datetime | None] = mapped_column(Utc)
    detail: Mapped[str] = mapped_column(String(200), default="")  # what the service answered, never an address
    received_at: Mapped[datetime | None] = mapped_column(Utc)
    shown_at: Mapped[datetime | None] = mapped_column(Utc)
    opened_at: Mapped[datetime | None] = mapped_column(Utc)
    dismissed_at: Mapped[datetime | None] = mapped_column(Utc)

    alert: Mapped[Alert] = relationship(lazy="raise", back_populates="deliveries")
    device: Mapped[Device | None] = relationship(lazy="raise")
    contact_method: Mapped[ContactMethod | None] = relationship(lazy="raise")
