"""When every page of a person's alert to a waking device was turned down, his contacts need not wait their 30 seconds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.device import Device
from webcare_pwa.rules.contact_times import due_times
from webcare_pwa.steps.history import FAILED


def hurry(session: Session, settled: Collection[int], *, now: datetime) -> None:
    """Bring forward the waiting contacts of the alerts of these deliveries, where no waking device is left that may show
    the page. What is due already stays where it is."""
    failed = select(Delivery.alert_id).where(
        Delivery.id.in_(settled), Delivery.outcome.in_(FAILED), Delivery.device_id.is_not(None)
    )
    hopeful = select(Delivery.alert_id).join(Device, Device.id == Delivery.device_id).where(
        Delivery.alert_id.in_(failed), Device.waking, Delivery.outcome.is_(None) | Delivery.outcome.not_in(FAILED)
    )
    waiting = session.scalars(
        select(Delivery)
        .where(Delivery.alert_id.in_(failed), Delivery.alert_id.not_in(hopeful), Delivery.contact_method_id.is_not(None),
               Delivery.outcome.is_(None), Delivery.due_at > now, Delivery.attempts == 0)
        .order_by(Delivery.id)
    )
    by_alert: dict[int, list[Delivery]] = defaultdict(list)
    for row in waiting:
        by_alert[row.alert_id].append(row)
    for rows in by_alert.values():
        for row, due in zip(rows, due_times(now, len(rows), emergency=False, waking_device=False), strict=True):
            row.due_at = min(row.due_at, due)
