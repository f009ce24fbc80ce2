"""Holds what was accepted against what became of it: in the rows, and at the push service."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from bench import lab, load, product
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.incident import Incident, IncidentReport
from webcare_pwa.steps.pages import topic


@dataclass(frozen=True)
class Ledger:
    """Numbers of reports. `lost`: accepted, but without incident or without page. `doubled`: pages sent more than once."""

    accepted: int
    lost: int
    doubled: int
    rows_twice: int  # incidents with more than one page in the database


def numbers(shots: list[load.Shot]) -> set[int]:
    """The numbers that were given out with a 202."""
    return {int(json.loads(shot.body)["number"]) for shot in shots if shot.status == 202}


def topics(its: product.Product) -> set[str]:
    """Every topic a page may have."""
    with its.database.read() as session:
        return {topic(f"incident-{each}") for each in session.scalars(select(Incident.id))}


def settle(its: product.Product, accepted: set[int], arrivals: list[lab.Arrival]) -> Ledger:
    """The account of a run whose reports are all noodgevallen of different addresses."""
    with its.database.read() as session:
        links = session.execute(select(IncidentReport.report_id, IncidentReport.incident_id))
        incidents = {row.report_id: row.incident_id for row in links}
        pages = Counter(session.scalars(
            select(Alert.incident_id).join(Delivery, Delivery.alert_id == Alert.id).where(Alert.kind == "step")
        ))
    at_sink = Counter(arrival.topic for arrival in arrivals)
    times = {number: at_sink[topic(f"incident-{incidents.get(number)}")] for number in accepted}
    return Ledger(
        accepted=len(accepted), lost=sum(count == 0 for count in times.values()),
        doubled=sum(count - 1 for count in times.values() if count > 1),
        rows_twice=sum(pages[incidents.get(number)] > 1 for number in accepted),
    )
