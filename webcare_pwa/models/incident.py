"""Incidents and everything that happens to one, each as a row that is never changed. State is derived from which rows exist
(`models/in_force.py`, `models/situation.py`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webcare_pwa.db import Base, Utc
from webcare_pwa.models.progress import Progress
from webcare_pwa.models.report import Report
from webcare_pwa.models.transfer import Transfer


class Incident(Base):
    """A case somebody works on; holds one report or more."""

    __tablename__ = "incidents"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(Utc, index=True)

    reports: Mapped[list[Report]] = relationship(secondary="incident_reports", order_by="Report.id", lazy="raise")
    rounds: Mapped[list[Round]] = relationship(order_by="Round.number", lazy="raise")
    acknowledgements: Mapped[list[Acknowledgement]] = relationship(order_by="Acknowledgement.id", lazy="raise")
    transfers: Mapped[list[Transfer]] = relationship(order_by="Transfer.id", lazy="raise")
    progress: Mapped[list[Progress]] = relationship(order_by="Progress.id", lazy="raise")
    closures: Mapped[list[Closure]] = relationship(order_by="Closure.id", lazy="raise")
    reopenings: Mapped[list[Reopening]] = relationship(order_by="Reopening.id", lazy="raise")


class IncidentReport(Base):
    """Which incident a report belongs to."""

    __tablename__ = "incident_reports"
    __table_args__ = (UniqueConstraint("incident_id", "report_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), unique=True)
    at: Mapped[datetime] = mapped_column(Utc)


class Round(Base):
    """One run of the escalation policy. The clocks of its steps count from `started_at`."""

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("incident_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    number: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(Utc)
    reason: Mapped[str] = mapped_column(String(20))  # a code of WORDS["round"] in labels/
    urgency: Mapped[str] = mapped_column(String(10))  # the policy it runs
    policy: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)  # the steps as they stood when it began
    first_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # asked before the first line (who had it)


class Acknowledgement(Base):
    """Somebody took the incident in this round; the first row owns it."""

    __tablename__ = "acknowledgements"
    __table_args__ = (UniqueConstraint("incident_id", "round_id", "client_token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Utc)
    via: Mapped[str] = mapped_column(String(12))  # screen | notification
    client_token: Mapped[str] = mapped_column(String(64))


class Refusal(Base):
    """Somebody paged said "Kan niet" in this round; escalation moves on at once."""

    __tablename__ = "refusals"
    __table_args__ = (UniqueConstraint("round_id", "client_token"), Index("ix_refusals_round", "round_id", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Utc)
    client_token: Mapped[str] = mapped_column(String(64))


class Closure(Base):
    """The incident is done for the duty; `outcome` says how."""

    __tablename__ = "closures"
    __table_args__ = (UniqueConstraint("incident_id", "client_token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Utc)
    outcome: Mapped[str] = mapped_column(String(20))  # solved | made_safe | not_ours | referred | own_cost | next_day
    note: Mapped[str] = mapped_column(default="")
    client_token: Mapped[str] = mapped_column(String(64))


class Reopening(Base):
    """A closed incident is open again: by a person, or by the tenant's message."""

    __tablename__ = "reopenings"
    __table_args__ = (UniqueConstraint("incident_id", "client_token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    at: Mapped[datetime] = mapped_column(Utc)
    client_token: Mapped[str] = mapped_column(String(64))


class Opening(Base):
    """Somebody saw the incident's page: the proof that who took it is awake."""

    __tablename__ = "openings"
    __table_args__ = (Index("ix_openings_incident", "incident_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Utc)
